import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readModel, writeModel } from 'onnx-gradients/node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEncoder } from '../../src/paint/latent/encoder.js';
import { createRuntime } from '../../src/runtime/create-runtime.js';
import { loadModel } from '../../src/zoo/load-model.js';
import { sha256 } from '../../src/zoo/sha256.js';
import { verifyModel } from '../../src/zoo/verify-model.js';
import { writeTinyModel } from '../support/tiny-model.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-verify-'));
  await writeTinyModel(folder);
  // As exporters do with large models: the encoder's weights lie beside it.
  const path = join(folder, 'encoder.onnx');
  writeModel(path, readModel(path), { weightsFile: 'encoder.bin', thresholdBytes: 1 });
});
afterEach(() => rm(folder, { recursive: true }));

/** Rewrites what the manifest says of files. */
async function list(files: readonly string[]): Promise<void> {
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  for (const file of files) {
    const bytes = await readFile(join(folder, file));
    manifest.files[file] = { bytes: bytes.length, sha256: sha256(bytes), dtype: 'float32' };
  }
  await writeFile(path, JSON.stringify(manifest));
}

test('counts the data beside an ONNX file, and the network runs with it', async () => {
  await list(['encoder.onnx', 'encoder.bin']);
  const model = await loadModel({ folder });
  expect((await verifyModel(model)).files).toBe(Object.keys(model.manifest.files).length);
  const encoder = createEncoder(model, createRuntime({ provider: 'cpu', threads: 1 }));
  const grid = { rows: 4, columns: 5 };
  expect(await encoder.encodePlanes(new Float32Array(3 * 32 * 40), grid)).toHaveLength(8 * 4 * 5);
  await encoder.release();
});

test('finds data beside an ONNX file that the manifest does not list', async () => {
  await list(['encoder.onnx']);
  await expect(verifyModel(await loadModel({ folder }))).rejects.toThrow(
    'uses encoder.bin, which its manifest does not list',
  );
});

test('finds damage beside an ONNX file, also after it was right once', async () => {
  await list(['encoder.onnx', 'encoder.bin']);
  const model = await loadModel({ folder });
  await verifyModel(model);
  await appendFile(join(folder, 'encoder.bin'), 'x');
  await expect(verifyModel(model)).rejects.toThrow('encoder.bin of the model tiny is damaged');
});
