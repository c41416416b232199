import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Picture } from '../../src/contracts/picture.js';
import { embedImage, embedText } from '../../src/paint/prompts/clip-towers.js';
import type { NetworkSession } from '../../src/paint/sessions/network-session.js';
import type { Runtime } from '../../src/runtime/runtime.js';
import { createTokenizer } from '../../src/zoo/tokenizer.js';
import { judge, type Verdict } from './verdict.js';

/** An image–text model that nothing was ever optimised against. */
export interface Judge {
  /** Ranks every picture's own text among all; one picture a text, in order, or none. */
  rank(pictures: readonly (Picture | undefined)[], texts: readonly string[]): Promise<Verdict>;
  release(): Promise<void>;
}

/** The tensors of `judge-image.onnx` and `judge-text.onnx` as `training` exports them. */
const IMAGE = { file: 'judge-image.onnx', input: 'pixels', output: 'embedding' } as const;
const TEXT = { file: 'judge-text.onnx', input: 'ids', output: 'embedding', context: 16 } as const;
/** What its image tower takes. */
const PIXELS: { size: number; mean: Triple; std: Triple; range: [number, number] } = {
  ...{ size: 64, mean: [0, 0, 0], std: [1, 1, 1], range: [0, 1] },
};
type Triple = [number, number, number];

export async function openJudge(folder: string, runtime: Runtime): Promise<Judge> {
  const clip = { image: { ...IMAGE, ...PIXELS }, text: TEXT };
  const open = async ({ file, input, output }: typeof IMAGE | typeof TEXT): Promise<NetworkSession> => {
    const session = await runtime.open({ model: join(folder, file), onCpu: true });
    return {
      run: async (tensor) => {
        const { [output]: result } = await session.run({ [input]: tensor }, [output]);
        if (!result) throw new Error(`${file} has no output ${output}.`);
        return result;
      },
      release: () => session.release(),
    };
  };
  const tokenize = createTokenizer(await readFile(join(folder, 'tokenizer.json')), TEXT);
  const text = { network: await open(TEXT), tokenize };
  const image = await open(IMAGE);
  return {
    rank: async (pictures, texts) => {
      const wanted: Float32Array[] = [];
      for (const prompt of texts) wanted.push(await embedText(clip, text, prompt));
      const seen: (Float32Array | undefined)[] = [];
      for (const picture of pictures) seen.push(picture && (await embedImage(clip, image, picture)));
      return judge(seen, wanted);
    },
    release: async () => {
      await text.network.release();
      await image.release();
    },
  };
}
