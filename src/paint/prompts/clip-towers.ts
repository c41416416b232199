import { float32, type Tensor, tensor } from 'onnx-gradients/graph';
import type { ClipReference } from '../../contracts/manifest.js';
import type { Picture } from '../../contracts/picture.js';
import type { Runtime } from '../../runtime/runtime.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { readImageTower, readTextTower } from '../../zoo/network.js';
import { createTokenizer, type Tokenize } from '../../zoo/tokenizer.js';
import { coverPlanes } from '../latent/resize-picture.js';
import { createNetworkSession, type NetworkSession } from '../sessions/network-session.js';

/** A CLIP's two towers, run by themselves; each is opened when it is first used. */
export interface ClipTowers {
  readonly text: () => Promise<TextTower>;
  readonly image: NetworkSession;
  release(): Promise<void>;
}

export interface TextTower {
  readonly network: NetworkSession;
  readonly tokenize: Tokenize;
}

/** The towers of the model's CLIP at `index`. They run on the processor: a few milliseconds once a request. */
export function createTowers(model: LoadedModel, runtime: Runtime, index: number): ClipTowers {
  const clip = model.manifest.clips[index];
  if (!clip) throw new Error(`The model has no CLIP ${index}.`);
  const network = createNetworkSession({
    ...{ model, runtime, name: `text-${index}`, reference: clip.text },
    read: () => readTextTower(model, clip.text),
  });
  const image = createNetworkSession({
    ...{ model, runtime, name: `image-${index}`, reference: clip.image },
    read: () => readImageTower(model, clip.image),
  });
  let tokenize: Tokenize | undefined;
  return {
    text: async () => {
      const { file, pad } = clip.tokenizer;
      tokenize ??= createTokenizer(await model.read(file), { context: clip.text.context, pad });
      return { network, tokenize };
    },
    image,
    release: async () => {
      await network.release();
      await image.release();
    },
  };
}

/** A text as a unit vector [width]. */
export async function embedText(
  { text: { context } }: Pick<ClipReference, 'text'>,
  { network, tokenize }: TextTower,
  text: string,
): Promise<Float32Array> {
  return unitVector(await network.run(tensor('int64', [1, context], tokenize(text))));
}

/** A picture seen as a whole, its middle square where it is longer, as a unit vector [width]. */
export async function embedImage(
  { image: { size, mean, std, range } }: Pick<ClipReference, 'image'>,
  network: NetworkSession,
  picture: Picture,
): Promise<Float32Array> {
  const planes = coverPlanes(picture, size, size);
  const area = size * size;
  const [low, high] = range;
  const pixels = planes.map((value, index) => {
    const channel = Math.floor(index / area);
    return (low + value * (high - low) - (mean[channel] ?? 0)) / (std[channel] ?? 1);
  });
  return unitVector(await network.run(float32([1, 3, size, size], pixels)));
}

function unitVector({ data }: Tensor): Float32Array {
  if (!(data instanceof Float32Array)) throw new Error('A CLIP tower must give float32 embeddings.');
  const length = Math.hypot(...data);
  return data.map((value) => value / length);
}
