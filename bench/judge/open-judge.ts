import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Picture } from '../../src/contracts/picture.js';
import { type Clip, embedImage, embedText, openTextTower } from '../../src/paint/prompts/clip-towers.js';
import type { Runtime } from '../../src/runtime/runtime.js';
import { judge, type Verdict } from './verdict.js';

/** An image–text model that nothing was ever optimised against. */
export interface Judge {
  /** Ranks every picture's own text among all; one picture a text, in order. */
  rank(pictures: readonly Picture[], texts: readonly string[]): Promise<Verdict>;
  release(): Promise<void>;
}

/** The tensors of `judge-image.onnx` and `judge-text.onnx` as `training` exports them. */
const TOWERS: Clip = {
  image: {
    ...{ file: 'judge-image.onnx', input: 'pixels', output: 'embedding', size: 64 },
    ...{ mean: [0, 0, 0], std: [1, 1, 1], range: [0, 1] },
  },
  text: { file: 'judge-text.onnx', input: 'ids', output: 'embedding', context: 16 },
  tokenizer: { file: 'tokenizer.json' },
  weight: 1,
};

export async function openJudge(folder: string, runtime: Runtime): Promise<Judge> {
  const read = async (file: string) => new Uint8Array(await readFile(join(folder, file)));
  const text = await openTextTower(TOWERS, { read }, runtime);
  const image = await runtime.open({ model: await read(TOWERS.image.file), onCpu: true });
  return {
    rank: async (pictures, texts) => {
      const wanted: Float32Array[] = [];
      for (const prompt of texts) wanted.push(await embedText(text, prompt));
      const seen: Float32Array[] = [];
      for (const picture of pictures) seen.push(await embedImage(TOWERS, image, picture));
      return judge(seen, wanted);
    },
    release: async () => {
      await text.release();
      await image.release();
    },
  };
}
