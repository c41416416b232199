import type { Manifest } from '../../contracts/manifest.js';
import type { Picture } from '../../contracts/picture.js';
import { float32, type Tensor, tensor } from '../../onnx/tensor.js';
import type { Runtime, Session } from '../../runtime/runtime.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { createTokenizer, type Tokenize } from '../../zoo/tokenizer.js';
import { coverPlanes } from '../latent/resize-picture.js';

export type Clip = Manifest['clips'][number];

export interface TextTower {
  readonly clip: Clip;
  readonly session: Session;
  readonly tokenize: Tokenize;
  release(): Promise<void>;
}

/** Texts run on the processor: a few milliseconds once a request, and 64-bit ids that not every provider takes. */
export async function openTextTower(
  clip: Clip,
  model: Pick<LoadedModel, 'read'>,
  runtime: Runtime,
): Promise<TextTower> {
  const session = await runtime.open({ model: await model.read(clip.text.file), onCpu: true });
  const tokenize = createTokenizer(await model.read(clip.tokenizer.file), clip.text.context);
  return { clip, session, tokenize, release: () => session.release() };
}

/** A text as a unit vector [width]. */
export async function embedText({ clip, session, tokenize }: TextTower, text: string): Promise<Float32Array> {
  const ids = tensor('int64', [1, clip.text.context], tokenize(text));
  const results = await session.run({ [clip.text.input]: ids }, [clip.text.output]);
  return unitVector(results[clip.text.output]);
}

/** A picture seen as a whole, its middle square where it is longer, as a unit vector [width]. */
export async function embedImage(clip: Clip, session: Session, picture: Picture): Promise<Float32Array> {
  const { size, mean, std, range, input, output } = clip.image;
  const planes = coverPlanes(picture, size, size);
  const area = size * size;
  const [low, high] = range;
  const pixels = planes.map((value, index) => {
    const channel = Math.floor(index / area);
    return (low + value * (high - low) - (mean[channel] ?? 0)) / (std[channel] ?? 1);
  });
  const results = await session.run({ [input]: float32([1, 3, size, size], pixels) }, [output]);
  return unitVector(results[output]);
}

function unitVector(embedding: Tensor | undefined): Float32Array {
  if (!(embedding?.data instanceof Float32Array))
    throw new Error('A CLIP tower must give float32 embeddings.');
  const length = Math.hypot(...embedding.data);
  return embedding.data.map((value) => value / length);
}
