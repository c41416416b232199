import { encodeModel, float32, type Model, tensor } from 'onnx-gradients/graph';
import type { Runtime, Session } from '../runtime/runtime.js';
import { CLIP_NAMES, type ClipConfig, clipEmbed, clipPull, clipPullPixels } from './graphs/clip-step.js';
import { CONTRAST_NAMES, contrastGraph } from './graphs/contrast.js';
import { viewsOf } from './parameters.js';
import { createTrainee, type HostStep, numberOf, openHostStep, type Trainee } from './steppers/host-step.js';

/** Pairs of pictures and texts. */
export interface Pairs {
  readonly count: number;
  /** [count, 3, size, size], normalised */
  readonly pixels: Float32Array;
  /** [count, context] */
  readonly ids: BigInt64Array;
}

/** Embeddings [count, embedding] of each. */
export interface Embeddings {
  readonly image: Float32Array;
  readonly text: Float32Array;
}

export interface Contrast {
  readonly loss: number;
  /** Gradients of the loss, of the embeddings' shapes, and by the scale. */
  readonly image: Float32Array;
  readonly text: Float32Array;
  readonly scale: number;
}

/**
 * Both towers over batches larger than what fits at a time (gradient caching, Gao et al. 2021): embeddings chunk by chunk
 * without their gradients, the loss over all of them, and chunk by chunk again with what it wants of each.
 */
export interface ClipTowers {
  readonly trainee: Trainee;
  embed(pairs: Pairs): Promise<Embeddings>;
  contrast(pairs: Pairs, embeddings: Embeddings): Promise<Contrast>;
  /** Fills the trainee's gradients. */
  pull(pairs: Pairs, contrast: Contrast): Promise<void>;
  /** The gradient of the pixels. */
  pullPixels(pairs: Pairs, contrast: Contrast): Promise<Float32Array>;
  release(): Promise<void>;
}

export interface OpenTowersOptions {
  readonly runtime: Runtime;
  readonly config: ClipConfig;
  readonly chunk: number;
}

export async function openClipTowers({ runtime, config, chunk }: OpenTowersOptions): Promise<ClipTowers> {
  const { embedding, size } = config.image;
  const { context } = config.text;
  const pixelsOf = 3 * size * size;
  const embedGraph = clipEmbed(config, chunk);
  const trainee = createTrainee(embedGraph.layout);
  const open = (model: Model) => openHostStep({ runtime, model, trainees: [trainee] });
  const embedStep = await open(embedGraph.model);
  const pullStep = await open(clipPull(config, chunk).model);
  let pixelStep: HostStep | undefined;
  const contrasts = new Map<number, Session>();

  /** The inputs of the chunk that begins at a pair; what lies beyond the last repeats zeros. */
  const feedsAt = ({ count, pixels, ids }: Pairs, at: number) => {
    const end = Math.min(count, at + chunk);
    const picture = new Float32Array(chunk * pixelsOf);
    picture.set(pixels.subarray(at * pixelsOf, end * pixelsOf));
    const words = new BigInt64Array(chunk * context);
    words.set(ids.subarray(at * context, end * context));
    return {
      [CLIP_NAMES.pixels]: float32([chunk, 3, size, size], picture),
      [CLIP_NAMES.ids]: tensor('int64', [chunk, context], words),
    };
  };
  const rowsAt = (rows: Float32Array, at: number) => {
    const part = new Float32Array(chunk * embedding);
    part.set(rows.subarray(at * embedding, (at + chunk) * embedding));
    return float32([chunk, embedding], part);
  };
  const starts = (count: number) =>
    Array.from({ length: Math.ceil(count / chunk) }, (_, index) => index * chunk);

  return {
    trainee,
    embed: async (pairs) => {
      const rows = starts(pairs.count).length * chunk * embedding;
      const [image, text] = [new Float32Array(rows), new Float32Array(rows)];
      for (const at of starts(pairs.count)) {
        const outputs = await embedStep.run(feedsAt(pairs, at));
        image.set(outputs[CLIP_NAMES.image]?.data as Float32Array, at * embedding); // declared so
        text.set(outputs[CLIP_NAMES.text]?.data as Float32Array, at * embedding);
      }
      const length = pairs.count * embedding;
      return { image: image.slice(0, length), text: text.slice(0, length) };
    },
    contrast: async ({ count, ids }, { image, text }) => {
      const session =
        contrasts.get(count) ?? (await runtime.open({ model: encodeModel(contrastGraph(count, embedding)) }));
      contrasts.set(count, session);
      const { [CLIP_NAMES.scale]: scale } = viewsOf(trainee.layout, trainee.weights);
      if (!scale) throw new Error('The towers have no scale.');
      const results = await session.run({
        [CLIP_NAMES.image]: float32([count, embedding], image),
        [CLIP_NAMES.text]: float32([count, embedding], text),
        [CLIP_NAMES.scale]: scale,
        [CONTRAST_NAMES.mask]: float32([count, count], sameTextMask(ids, count)),
      });
      return {
        loss: numberOf(results[CONTRAST_NAMES.loss]),
        image: results[CONTRAST_NAMES.ofImage]?.data as Float32Array, // declared so
        text: results[CONTRAST_NAMES.ofText]?.data as Float32Array,
        scale: numberOf(results[CONTRAST_NAMES.ofScale]),
      };
    },
    pull: async (pairs, contrast) => {
      const sum = new Float32Array(trainee.gradients.length);
      for (const at of starts(pairs.count)) {
        await pullStep.run({
          ...feedsAt(pairs, at),
          [CLIP_NAMES.pullImage]: rowsAt(contrast.image, at),
          [CLIP_NAMES.pullText]: rowsAt(contrast.text, at),
        });
        for (let index = 0; index < sum.length; index += 1) {
          sum[index] = (sum[index] as number) + (trainee.gradients[index] as number); // within bounds
        }
      }
      trainee.gradients.set(sum);
      const place = trainee.layout.places.get(CLIP_NAMES.scale);
      if (place) trainee.gradients[place.offset] = contrast.scale;
    },
    pullPixels: async (pairs, contrast) => {
      pixelStep ??= await open(clipPullPixels(config, chunk).model);
      const gradient = new Float32Array(starts(pairs.count).length * chunk * pixelsOf);
      for (const at of starts(pairs.count)) {
        const outputs = await pixelStep.run({
          ...feedsAt(pairs, at),
          [CLIP_NAMES.pullImage]: rowsAt(contrast.image, at),
        });
        gradient.set(outputs[CLIP_NAMES.ofPixels]?.data as Float32Array, at * pixelsOf); // declared so
      }
      return gradient.slice(0, pairs.count * pixelsOf);
    },
    release: async () => {
      for (const step of [embedStep, pullStep, pixelStep]) await step?.release();
      for (const session of contrasts.values()) await session.release();
    },
  };
}

/** Large enough that no probability is left, and finite. */
const NEVER = -1e4;

/** [count, count]: 0, but for pairs of the same text that are not the same pair. */
function sameTextMask(ids: BigInt64Array, count: number): Float32Array {
  const context = ids.length / count;
  const texts = Array.from({ length: count }, (_, row) =>
    ids.subarray(row * context, (row + 1) * context).join(),
  );
  return Float32Array.from({ length: count * count }, (_, index) => {
    const [row, column] = [Math.floor(index / count), index % count];
    return row !== column && texts[row] === texts[column] ? NEVER : 0;
  });
}
