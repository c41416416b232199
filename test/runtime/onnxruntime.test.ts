import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const ROOT = new URL('../../', import.meta.url);
const MODEL = new URL('../../models/pocket/clip-text.onnx', import.meta.url).pathname;
const OURS = new URL('../../src/runtime/create-runtime.ts', import.meta.url).href;

/** Opens a session as Easel does, or as a program would that knows nothing of telemetry. */
const SCRIPTS = {
  easel: `const { createRuntime } = await import(${JSON.stringify(OURS)});
    const runtime = createRuntime({ provider: 'cpu', cacheDir: undefined });
    await (await runtime.open({ model: ${JSON.stringify(MODEL)} })).release();`,
  bare: `const { default: ort } = await import('onnxruntime-node');
    await (await ort.InferenceSession.create(${JSON.stringify(MODEL)})).release();`,
};

describe('ONNX Runtime', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'easel-home-'));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  async function tracesOf(script: string): Promise<string[]> {
    // Under CI the library is quiet by itself, and nothing would be proved.
    const { ORT_DISABLE_TELEMETRY: _, CI: __, ...environment } = process.env;
    await run(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
      cwd: ROOT,
      env: { ...environment, HOME: home, XDG_CACHE_HOME: join(home, '.cache'), TMPDIR: home },
    });
    const isTsx = (path: string) => /^(tsx-|node-compile-cache)/.test(path);
    return readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((path) => !isTsx(path));
  }

  it('leaves nothing in the home folder, where it would write an identifier of the machine', async () => {
    expect(await tracesOf(SCRIPTS.bare)).not.toEqual([]); // or the look below proves nothing
    for (const trace of readdirSync(home)) rmSync(join(home, trace), { recursive: true });
    expect(await tracesOf(SCRIPTS.easel)).toEqual([]);
  });

  it('is loaded in one place only, so that it is quiet in every process', () => {
    const files = ['src', 'bench', 'commands'].flatMap((folder) =>
      readdirSync(new URL(`${folder}/`, ROOT), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => `${folder}/${file}`),
    );
    const loads = /^(?!import type ).*(?:from |import\(|\)\()'onnxruntime-node'/m;
    expect(files.filter((file) => loads.test(readFileSync(new URL(file, ROOT), 'utf8')))).toEqual([
      'src/runtime/onnxruntime.ts',
    ]);
  });
});
