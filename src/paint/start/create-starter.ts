import type { Tensor } from 'onnx-gradients/graph';
import type { PaintRequest } from '../../contracts/paint-request.js';
import type { Picture } from '../../contracts/picture.js';
import { UserError } from '../../errors.js';
import type { Runtime } from '../../runtime/runtime.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { createCodec } from '../latent/codec.js';
import { type Grid, isSameGrid, latentOfCodes } from '../latent/codes.js';
import { createEncoder } from '../latent/encoder.js';
import { coverPlanes, pictureFromPlanes } from '../latent/resize-picture.js';
import { missing } from '../prompts/picture-named.js';
import type { Random } from '../random.js';
import { opensOnce } from '../sessions/opens-once.js';
import { canvasFor } from './canvas.js';
import { pastedOver, regionOf } from './inside.js';
import { openPrior } from './open-prior.js';
import { sampleOnGrid } from './sample-on-grid.js';

/** Brightness of the near-white picture that `noise` starts from, and the deviation of its noise. */
const PAPER = { brightness: 0.92, deviation: 0.08 };

/** Samples of the prior from which CLIP picks one; three take less than three times as long as one (0.7 s against 0.3 s). */
const CANDIDATES = 3;

/** Gives the latents that paintings start from. */
export interface Starter {
  /** Whether pictures can become latents. */
  readonly canEncode: boolean;
  /** A picture's latent, before quantisation. */
  encode(picture: Picture, grid: Grid): Promise<Float32Array>;
  /** Opens what such a start needs besides the encoder. */
  prepare(start: PaintRequest['start']): Promise<void>;
  /** Latents to begin with: one, or with `start: prior` several of which the best should be taken. */
  begin(options: BeginOptions): Promise<readonly Float32Array[]>;
  release(): Promise<void>;
}

export interface BeginOptions {
  readonly request: PaintRequest;
  /** The start picture, if the request has one. */
  readonly init?: Picture | undefined;
  /** White where it is painted; with `start: prior`, what is drawn lies there and `init` elsewhere. */
  readonly mask?: Picture | undefined;
  /** Its latent on the grid, where that is known better than by encoding it. */
  readonly latent?: Float32Array | undefined;
  readonly grid: Grid;
  readonly random: Random;
  readonly codebook: Tensor;
}

export function createStarter(model: LoadedModel, runtime: Runtime): Starter {
  const { factor } = model.manifest.vqgan;
  const facts = model.manifest.prior;
  const { name } = model.manifest;
  const encoder = createEncoder(model, runtime);
  const prior = opensOnce(async () => {
    if (!facts) throw new UserError(`The model ${name} has no prior to start from.`);
    return openPrior(model, runtime, facts);
  });
  const paper = (random: Random, grid: Grid) => {
    const length = 3 * grid.rows * grid.columns * factor * factor;
    const draw = () => Math.min(1, Math.max(0, PAPER.brightness + PAPER.deviation * random.normal()));
    return encoder.encodePlanes(Float32Array.from({ length }, draw), grid);
  };
  /** Drawn as large as the mask is, so that the whole subject fits in, and cut out, so that it stands before what is there. */
  const dreamInside = async ({ mask, init, ...options }: BeginOptions) => {
    if (!mask || !init) return dream(options);
    const { request, grid, random } = options;
    const opened = await prior.get();
    const region = regionOf(mask, grid);
    const canvas = canvasFor(opened, region);
    const prompts = request.prompts.filter(({ chapter = 0 }) => chapter === 0);
    const drawn = await opened.sample({ candidates: CANDIDATES, prompts, random, canvas });
    const inPixels = (cells: Grid) => [cells.columns * factor, cells.rows * factor] as const;
    const sized = (picture: Picture, [width, height]: readonly [number, number]) =>
      pictureFromPlanes(coverPlanes(picture, width, height), width, height);
    const under = sized(init, inPixels(grid));
    const corner = { left: region.left * factor, top: region.top * factor };
    const codec = await createCodec(model, runtime);
    try {
      const latents: Float32Array[] = [];
      for (const codes of drawn) {
        const drawing = sized(await codec.decode(codes, canvas), inPixels(region));
        latents.push(await encoder.encode(pastedOver(under, drawing, corner), grid));
      }
      return latents;
    } finally {
      await codec.release();
    }
  };
  const dream = async ({ request, grid, random, codebook }: BeginOptions) => {
    const opened = await prior.get();
    const canvas = canvasFor(opened, grid);
    const prompts = request.prompts.filter(({ chapter = 0 }) => chapter === 0);
    const drawn = await opened.sample({ candidates: CANDIDATES, prompts, random, canvas });
    if (isSameGrid(canvas, grid)) return drawn.map((codes) => latentOfCodes(codes, codebook));
    const codec = await createCodec(model, runtime);
    try {
      const latents: Float32Array[] = [];
      for (const codes of drawn) {
        latents.push(latentOfCodes(await sampleOnGrid(codes, { from: canvas, to: grid, codec }), codebook));
      }
      return latents;
    } finally {
      await codec.release(); // of no use to the steps that follow
    }
  };
  const noise = async ({ request, grid, random, codebook }: BeginOptions) =>
    encoder.exists && !request.compat ? paper(random, grid) : randomCodes(codebook, grid, random);
  const mix = async (options: BeginOptions) => {
    const { request, init, grid } = options;
    if (!request.init) throw new UserError('Expected `init` with a picture when `start` is `picture`.');
    const { image, strength } = request.init;
    const drawn = await noise(options);
    if (!options.latent && !init) throw missing(image);
    const latent = options.latent ?? (init ? await encoder.encode(init, grid) : drawn);
    return latent.map((value, index) => strength * value + (1 - strength) * (drawn[index] ?? 0));
  };
  const beginnings = {
    prior: dreamInside,
    noise: async (options) => [await noise(options)],
    picture: async (options) => [await mix(options)],
  } as const satisfies Readonly<Record<PaintRequest['start'], Starter['begin']>>;
  return {
    canEncode: encoder.exists,
    encode: encoder.encode,
    prepare: async (start) => {
      if (start === 'prior') await (await prior.get()).prepare(CANDIDATES);
    },
    begin: (options) => beginnings[options.request.start](options),
    release: async () => {
      for (const part of [encoder, prior]) await part.release();
    },
  };
}

/** A codebook row drawn for every cell. */
function randomCodes(codebook: Tensor, { rows, columns }: Grid, random: Random): Float32Array {
  const [codes = 1] = codebook.shape;
  return latentOfCodes(
    Int32Array.from({ length: rows * columns }, () => random.integer(codes)),
    codebook,
  );
}
