import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { fileState } from '../../src/hash-file.js';
import { expectFit } from '../../src/workers/expect-fit.js';
import { loadModel } from '../../src/zoo/load-model.js';
import { temporaryFolder } from '../ledger/fixtures.js';
import { replaceFile } from '../support/alter-model.js';
import { writeTinyModel } from '../support/tiny-model.js';

async function tiny() {
  const dataDir = temporaryFolder();
  const folder = join(dataDir, 'models', 'tiny');
  await writeTinyModel(folder);
  const settings = { provider: 'cpu', threads: 1, warmModels: 1, dataDir, cacheDir: join(dataDir, 'cache') };
  const never = new AbortController().signal;
  const judge = async (given: { signal?: AbortSignal; limitMs?: number; provider?: string } = {}) => {
    const { signal = never, provider = 'cpu', ...limit } = given;
    const model = await loadModel({ folder });
    return expectFit({ settings: { ...settings, provider }, model, signal, ...limit });
  };
  return { folder, judge };
}

describe('whether a painter can work', () => {
  it('is tried once, and again when a file has changed', async () => {
    const { folder, judge } = await tiny();
    const files = Object.keys((await loadModel({ folder })).manifest.files);
    const settled = () => Promise.all(files.map((file) => fileState(join(folder, file))));
    await vi.waitFor(async () => expect(await settled()).not.toContain(undefined), { timeout: 60_000 });
    await judge();
    await judge({ limitMs: 0 });
    utimesSync(join(folder, 'decoder.onnx'), 1, 1);
    await expect(judge({ limitMs: 0 })).rejects.toThrow(
      'A painter that tried the model `tiny` was not ready after 0 seconds.',
    );
    replaceFile(folder, 'decoder.onnx', Buffer.from('no graph'));
    await expect(judge()).rejects.toThrow(/^The model `tiny` cannot be opened: .*decoder\.onnx/);
  });

  it('is not waited for by who is told to stop', async () => {
    const { judge } = await tiny();
    const stop = AbortSignal.abort();
    await expect(judge({ signal: stop })).rejects.toMatchObject({ name: 'AbortError' });
  });
});
