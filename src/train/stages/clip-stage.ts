import type { TrainClipRequest } from '../../contracts/train-request.js';
import { UserError } from '../../errors.js';
import { cosineOf } from '../../paint/prompts/cosine.js';
import { randomFromSeed } from '../../paint/random.js';
import { loadModel } from '../../zoo/load-model.js';
import { readWords } from '../captions/read-words.js';
import { type ClipTowers, openClipTowers, type Pairs } from '../clip-towers.js';
import { exportClip } from '../export/export-clip.js';
import { CLIP_NAMES } from '../graphs/clip-step.js';
import { initialise } from '../initialise.js';
import { adamW } from '../optimisers/adamw.js';
import { followAverage } from '../optimisers/average.js';
import { clipNorm } from '../optimisers/clip-norm.js';
import { rateAt } from '../optimisers/schedule.js';
import { openCaptionedCodes } from '../pictures/captioned-codes.js';
import { createPairBatches } from '../pictures/pair-batches.js';
import { seedFor } from '../pictures/split.js';
import type { OpenedStage, Stage } from '../stage.js';
import { planClip } from './clip-options.js';
import type { StageContext } from './context.js';

const ADAM = { beta1: 0.9, beta2: 0.98, epsilon: 1e-6, decay: 0.1 } as const;
const LONGEST_GRADIENT = 1;
const AVERAGE = 0.99;
/** ln 100: cosines are never multiplied by more (Radford et al. 2021, section 2.5). */
const LARGEST_SCALE = Math.log(100);
/** The radius of an attack is meant for pixels in 0…1; the towers see −1…1. */
const RANGE = 2;

/** CLIP: pictures and words that belong together come to lie together (Radford et al. 2021), also where pictures are disturbed. */
export async function openClipStage(
  request: TrainClipRequest,
  { runtime, onSkipped }: StageContext,
): Promise<OpenedStage> {
  const model = await loadModel({ folder: request.model });
  const { manifest } = model;
  const words = await readWords(model);
  const { tokenize, tokenizer } = words;
  const plan = planClip(request, manifest, words);
  const { config, batch } = plan;
  const side = Math.max(config.image.size, plan.decodedSide);
  const places = plan.decodedSide / manifest.vqgan.factor;
  const grid = { rows: places, columns: places };
  const learnt = await openCaptionedCodes({ model, runtime, request, side, grid, onSkipped });
  const { folder, captionsOf, split, codec, examples } = learnt;
  if (split.training.length < 2)
    throw new UserError('Expected at least two captioned pictures to tell apart.');
  const batches = createPairBatches({
    ...{ captionsOf, tokenize, batch, size: config.image.size, training: split.training },
    ...{ seed: request.seed, flip: request.flip, noise: request.noise, decoded: request.decoded },
    picture: async (example, isDecoded) =>
      isDecoded ? codec.decode(await examples.codes(example, false), grid) : folder.picture(example),
  });

  const towers = await openClipTowers({ runtime, config, chunk: plan.chunk });
  const { trainee } = towers;
  initialise(trainee.layout, trainee.weights, randomFromSeed(seedFor(request.seed, 0, 10)));
  const average = trainee.weights.slice();
  const scaleAt = trainee.layout.places.get(CLIP_NAMES.scale)?.offset ?? 0;
  const chosen = split.heldOut.length > 1 ? split.heldOut : split.training.slice(0, FALLBACK);
  const stage: Stage = {
    pictures: split.training.length,
    heldOut: split.heldOut.length,
    parameters: trainee.layout.size,
    batch,
    settings: {
      ...{ config, batch, seed: request.seed, pictures: folder.names.length, captions: request.captions },
      ...{ attack: request.attack, noise: request.noise, decoded: request.decoded },
    },
    state: { weights: trainee.weights, first: trainee.first, second: trainee.second, average },
    step: async (number) => {
      const clean = await batches.of(number - 1);
      const random = randomFromSeed(seedFor(request.seed, number, 11));
      const pairs =
        request.attack > 0 ? await attacked(towers, clean, RANGE * request.attack * random.uniform()) : clean;
      const contrast = await towers.contrast(pairs, await towers.embed(pairs));
      await towers.pull(pairs, contrast);
      const rate = rateAt(number, {
        ...{ peak: plan.rate, warmUp: Math.min(200, plan.steps / 10), steps: plan.steps, floor: 0.05 },
      });
      const norm = clipNorm(trainee.gradients, LONGEST_GRADIENT);
      adamW(trainee, number, { ...ADAM, learningRate: rate });
      trainee.weights[scaleAt] = Math.min(LARGEST_SCALE, trainee.weights[scaleAt] ?? 0);
      followAverage(average, trainee.weights, number, AVERAGE);
      return { losses: { contrast: contrast.loss }, rate, norm };
    },
    settle: async () => undefined,
    measure: () =>
      withWeights(trainee.weights, average, async () => {
        const pairs = await batches.plain(chosen);
        const first = await shareFirst(towers, pairs);
        if (request.attack === 0) return { metrics: { first } };
        const disturbed = await attacked(towers, pairs, RANGE * request.attack);
        return { metrics: { first, 'first attacked': await shareFirst(towers, disturbed) } };
      }),
    export: (number) =>
      exportClip({
        ...{ from: model, out: request.out, step: number, config, tokenizer },
        ...{ layout: trainee.layout, weights: average },
      }),
    release: async () => {
      await towers.release();
      await codec.release();
    },
  };
  return { stage, steps: plan.steps };
}

/** Pictures measured on where none could be kept aside. */
const FALLBACK = 8;

/** Every picture moved by an L2 distance in the direction in which it loses its words (Goodfellow et al. 2015, in the L2 norm). */
async function attacked(towers: ClipTowers, pairs: Pairs, radius: number): Promise<Pairs> {
  const contrast = await towers.contrast(pairs, await towers.embed(pairs));
  const gradient = await towers.pullPixels(pairs, contrast);
  const length = gradient.length / pairs.count;
  const pixels = pairs.pixels.slice();
  for (let index = 0; index < pairs.count; index += 1) {
    const ofPicture = gradient.subarray(index * length, (index + 1) * length);
    const norm = Math.sqrt(ofPicture.reduce((sum, value) => sum + value * value, 0));
    if (norm === 0) continue;
    for (let place = 0; place < length; place += 1) {
      const at = index * length + place;
      pixels[at] = (pixels[at] ?? 0) + (radius * (ofPicture[place] ?? 0)) / norm;
    }
  }
  return { ...pairs, pixels };
}

/** The share of pictures whose own text is the nearest of all; the same text counts as its own. */
async function shareFirst(towers: ClipTowers, pairs: Pairs): Promise<number> {
  const { image, text } = await towers.embed(pairs);
  const width = image.length / pairs.count;
  const context = pairs.ids.length / pairs.count;
  const wordsOf = (row: number) => pairs.ids.subarray(row * context, (row + 1) * context).join();
  let first = 0;
  for (let row = 0; row < pairs.count; row += 1) {
    let [best, nearest] = [Number.NEGATIVE_INFINITY, 0];
    for (let column = 0; column < pairs.count; column += 1) {
      const cosine = cosineOf(rowOf(image, row, width), rowOf(text, column, width));
      if (cosine > best) [best, nearest] = [cosine, column];
    }
    if (wordsOf(nearest) === wordsOf(row)) first += 1;
  }
  return first / pairs.count;
}

const rowOf = (rows: Float32Array, row: number, width: number) =>
  rows.subarray(row * width, (row + 1) * width);

/** Runs something with other weights, and puts the own back. */
async function withWeights<Result>(
  weights: Float32Array,
  other: Float32Array,
  run: () => Promise<Result>,
): Promise<Result> {
  const own = weights.slice();
  weights.set(other);
  try {
    return await run();
  } finally {
    weights.set(own);
  }
}
