import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type { Server } from 'node:http';
import { builtinModules } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as everything from '../src/index.js';
import * as files from '../src/node.js';
import * as ops from '../src/ops.js';
import { FIXTURES, PACKAGE, REPOSITORY } from './support/folders.js';
import { servePage } from './support/serve-page.js';

const root = REPOSITORY;
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', process.env['CHROMIUM'] ?? ''].find(
  (path) => existsSync(path),
);
let project: string;

/** An empty project with the packed package in it, as npm would put it there; its dependencies are linked. */
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'onnx-gradients-'));
  execFileSync('npm', ['pack', '--silent', '--pack-destination', project], { cwd: PACKAGE });
  const modules = join(project, 'node_modules');
  mkdirSync(join(modules, '@bufbuild'), { recursive: true });
  execFileSync('tar', ['xzf', join(project, 'onnx-gradients-0.1.0.tgz'), '-C', project]);
  cpSync(join(project, 'package'), join(modules, 'onnx-gradients'), { recursive: true });
  symlinkSync(join(root, 'node_modules', '@bufbuild', 'protobuf'), join(modules, '@bufbuild', 'protobuf'));
  for (const runtime of ['onnxruntime-node', 'onnxruntime-web', 'onnxruntime-common'])
    symlinkSync(join(root, 'node_modules', runtime), join(modules, runtime));
  writeFileSync(join(project, 'package.json'), '{"type":"module"}');
  cpSync(join(FIXTURES, 'engine', '10_unsorted.onnx'), join(project, 'network.onnx'));
});
afterAll(() => {
  rmSync(project, { recursive: true, force: true });
});

/** The README's examples, for a network whose output is called `y` and its input `x`. */
const examples = () =>
  [...readFileSync(join(PACKAGE, 'README.md'), 'utf8').matchAll(/```ts\n(.*?)```/gs)].map(
    ([, code = '']) => code,
  );

describe('the package onnx-gradients', () => {
  it.each([
    ['index', everything],
    ['ops', ops],
    ['node', files],
  ])('says in docs/%s.md what each of its exports is', (name, module) => {
    const text = readFileSync(join(PACKAGE, 'docs', `${name}.md`), 'utf8').replaceAll('\\_', '_');
    expect(Object.keys(module).filter((exported) => !text.includes(`### ${exported}`))).toEqual([]);
  });

  it('differentiates a file in ten lines, as its README says', () => {
    const [example = ''] = examples();
    expect(example.trim().split('\n').length).toBeLessThanOrEqual(10);
    const named = example.replace("of: 'output'", "of: 'y'").replace("['input']", "['x']");
    const running = `
      import ort from 'onnxruntime-node';
      const session = await ort.InferenceSession.create('gradients.onnx');
      const tensor = (values) => new ort.Tensor('float32', Float32Array.from(values), [2, 3]);
      const x = tensor([0, 0.5, 1, 1.5, 2, 2.5]);
      const results = await session.run({ x, 'cotangent/y': tensor([1, 1, 1, 1, 1, 1]) });
      console.log(JSON.stringify([...results['gradient/x'].data]));`;
    writeFileSync(join(project, 'example.mjs'), `${named}\n${running}`);
    const printed = execFileSync(process.execPath, ['example.mjs'], { cwd: project, encoding: 'utf8' });
    const got = JSON.parse(printed) as number[]; // Printed just now.
    // y = exp(x)²
    [0, 0.5, 1, 1.5, 2, 2.5].forEach((x, i) => {
      expect(got[i]).toBeCloseTo(2 * Math.exp(2 * x), 2);
    });
  });

  it('has types under which its README compiles with every strict flag', () => {
    examples().forEach((code, index) => {
      writeFileSync(join(project, `example${index}.ts`), code);
    });
    const flags = ['--strict', '--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes', '--noEmit'];
    const target = ['--module', 'nodenext', '--target', 'es2023', '--lib', 'es2023,dom'];
    const files = examples().map((_, index) => `example${index}.ts`);
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const run = () =>
      execFileSync(process.execPath, [tsc, ...flags, ...target, ...files], {
        cwd: project,
        encoding: 'utf8',
      });
    expect(run()).toBe('');
  });

  it('asks nothing of Node where there are no files, so that a browser can bundle it', async () => {
    writeFileSync(join(project, 'browser.js'), "export * from 'onnx-gradients';");
    const { metafile } = await build({
      entryPoints: [join(project, 'browser.js')],
      bundle: true,
      format: 'esm',
      platform: 'browser',
      write: false,
      metafile: true,
    });
    const imports = Object.values(metafile.outputs).flatMap((output) =>
      output.imports.map(({ path }) => path),
    );
    expect(imports.filter((path) => path.startsWith('node:') || builtinModules.includes(path))).toEqual([]);
  });
});

describe.skipIf(CHROMIUM === undefined)('the package onnx-gradients in a browser (needs chromium)', () => {
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    cpSync(join(PACKAGE, 'test', 'support', 'page.ts'), join(project, 'page.ts'));
    server = await servePage(join(project, 'page.ts'));
    browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  it('differentiates a file that a page fetched, which runs the gradient with onnxruntime-web', async () => {
    const page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction('globalThis.differentiate !== undefined');
    const xs = [0, 0.5, 1, 1.5, 2, 2.5];
    const got = await page.evaluate<number[]>(`differentiate(${JSON.stringify(xs)})`);
    // y = exp(x)²
    xs.forEach((x, index) => {
      expect(got[index]).toBeCloseTo(2 * Math.exp(2 * x), 2);
    });
  });
});
