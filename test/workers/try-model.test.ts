import { readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { createRuntime } from '../../src/runtime/create-runtime.js';
import { ModelShelf } from '../../src/workers/model-shelf.js';
import { tryModel } from '../../src/workers/try-model.js';
import { temporaryFolder } from '../ledger/fixtures.js';
import { alterManifest, replaceFile } from '../support/alter-model.js';
import { writeTinyModel } from '../support/tiny-model.js';

interface Trial {
  readonly folder: string;
  tried(memoryBytes?: number): Promise<unknown>;
}

/** A tiny model with everything a model can have, to be spoilt and tried. */
async function tinyTrial(): Promise<Trial> {
  const dataDir = temporaryFolder();
  const folder = join(dataDir, 'models', 'tiny');
  await writeTinyModel(folder, { prior: true });
  alterManifest(folder, (manifest) => {
    manifest.defaults.start = 'prior';
  });
  return {
    folder,
    tried: async (memoryBytes) => {
      const runtime = createRuntime({
        ...{ provider: 'cpu', threads: 1 },
        ...(memoryBytes !== undefined && { memoryBytes }),
      });
      const shelf = new ModelShelf({ runtime, settings: { provider: 'cpu', dataDir, warmModels: 1 } });
      return tryModel(shelf, 'tiny').catch((error: unknown) => error);
    },
  };
}

const swap = (file: string, other: string) => (folder: string) =>
  replaceFile(folder, file, readFileSync(join(folder, other)));
const write = (file: string, text: string) => (folder: string) =>
  replaceFile(folder, file, Buffer.from(text));

describe('a model that is tried', () => {
  it('opens, and is not refused for want of memory', async () => {
    const { tried } = await tinyTrial();
    expect(await tried()).toBeUndefined();
    expect(await tried(1)).toBeUndefined();
  });

  const DAMAGED = 'The file decoder.onnx of the model tiny is damaged';
  const SHUT = 'The model `tiny` cannot be opened: ';
  it.each<[string, (folder: string) => void, string]>([
    ['a cut file', (folder) => truncateSync(join(folder, 'decoder.onnx'), 100), DAMAGED],
    ['a lost file', (folder) => rmSync(join(folder, 'encoder.onnx')), 'lacks its file encoder.onnx'],
    ['no graph', write('clip-text-0.onnx', 'no graph'), SHUT],
    ['an empty graph', write('encoder.onnx', ''), SHUT],
    ['a graph cut before it was hashed', write('prior-plan.onnx', '\x08\x09:'), SHUT],
    ['an image tower for a decoder', swap('decoder.onnx', 'clip-image-0.onnx'), SHUT],
    ['an encoder for a text tower', swap('clip-text-0.onnx', 'encoder.onnx'), SHUT],
    ['a text tower for an image tower', swap('clip-image-0.onnx', 'clip-text-0.onnx'), SHUT],
    ['a planner for a step', swap('prior-step.onnx', 'prior-plan.onnx'), SHUT],
    ['an encoder that decodes', swap('encoder.onnx', 'decoder.onnx'), SHUT],
    ['no tokenizer', write('tokenizer.json', '{"model":'), 'Expected a tokenizer.json that is JSON'],
    ['a codebook cut before it was hashed', write('codebook.f32', '1234'), 'float32 in codebook.f32'],
    [
      'a tensor that is not there',
      (folder) => alterManifest(folder, ({ vqgan }) => Object.assign(vqgan.decoder, { output: 'nothing' })),
      'has no output "nothing"',
    ],
    [
      'a context that the text tower was not made for',
      (folder) => alterManifest(folder, ({ clips }) => Object.assign(clips[0].text, { context: 9 })),
      SHUT,
    ],
  ])('with %s is refused in one sentence', async (_, spoil, sentence) => {
    const { folder, tried } = await tinyTrial();
    spoil(folder);
    const error = await tried();
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toContain(sentence);
    expect(String(error)).not.toContain('\n');
  });
});
