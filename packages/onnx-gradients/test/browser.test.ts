import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIXTURES, PACKAGE, REPOSITORY } from './support/folders.js';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', process.env['CHROMIUM'] ?? ''].find(
  (path) => existsSync(path),
);

const TYPES: Readonly<Record<string, string>> = {
  mjs: 'text/javascript',
  js: 'text/javascript',
  html: 'text/html',
};

/** A web server with the bundled page, the runtime's own files and the network. */
async function serve(): Promise<Server> {
  const { outputFiles } = await build({
    entryPoints: [join(PACKAGE, 'test', 'support', 'page.ts')],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false,
  });
  const runtime = join(REPOSITORY, 'node_modules', 'onnxruntime-web', 'dist');
  const files = new Map<string, () => Uint8Array | string>([
    ['/', () => '<!doctype html><script type="module" src="/page.js"></script>'],
    ['/page.js', () => outputFiles[0]?.contents ?? ''],
    ['/network.onnx', () => readFileSync(join(FIXTURES, 'engine', '10_unsorted.onnx'))],
    ...['mjs', 'wasm'].map((end) => {
      const file = `ort-wasm-simd-threaded.${end}`;
      return [`/ort/${file}`, () => readFileSync(join(runtime, file))] as const;
    }),
  ]);
  const server = createServer(({ url = '/' }, response) => {
    const file = files.get(url.split('?')[0] ?? '/');
    const type = TYPES[url === '/' ? 'html' : (url.split('.').at(-1) ?? '')] ?? 'application/wasm';
    response.writeHead(file ? 200 : 404, { 'content-type': type }).end(file?.());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe.skipIf(CHROMIUM === undefined)('in a browser (needs chromium)', () => {
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    server = await serve();
    browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  it('a page differentiates a file that it fetched, and runs the gradient with onnxruntime-web', async () => {
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
