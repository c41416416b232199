import type { PaintRequest } from '../contracts/paint-request.js';
import type { Picture } from '../contracts/picture.js';
import { UserError } from '../errors.js';
import { float32, type Tensor } from '../onnx/tensor.js';
import type { Runtime } from '../runtime/runtime.js';
import type { LoadedModel } from '../zoo/load-model.js';
import { codesOnGrid, type Grid, latentOfCodes } from './codes.js';
import { pictureNamed } from './conditioning.js';
import { opensOnce } from './opens-once.js';
import { openPrior } from './prior.js';
import type { Random } from './random.js';
import { coverPlanes } from './resize-picture.js';

/** Brightness of the near-white picture that `noise` starts from, and the deviation of its noise. */
const PAPER = { brightness: 0.92, deviation: 0.08 };

/** Samples of the prior from which CLIP picks one; three take less than three times as long as one (0.7 s against 0.3 s). */
const CANDIDATES = 3;

/** Gives the latents that paintings start from. */
export interface Starter {
  /** A picture's latent, before quantisation. */
  encode(picture: Picture, grid: Grid): Promise<Float32Array>;
  /** Latents to begin with: one, or with `start: prior` several of which the best should be taken. */
  begin(options: BeginOptions): Promise<readonly Float32Array[]>;
  release(): Promise<void>;
}

export interface BeginOptions {
  readonly request: PaintRequest;
  readonly images: ReadonlyMap<string, Picture>;
  readonly grid: Grid;
  readonly random: Random;
  readonly codebook: Tensor;
}

export function createStarter(model: LoadedModel, runtime: Runtime): Starter {
  const { encoder, factor, range } = model.manifest.vqgan;
  const facts = model.manifest.prior;
  const { name } = model.manifest;
  const encoding = opensOnce(async () => {
    if (!encoder) throw new UserError(`The model ${name} has no encoder, so it cannot start from a picture.`);
    const session = await runtime.open({ model: await model.read(encoder.file), onCpu: true });
    const run = async (picture: Tensor) =>
      (await session.run({ [encoder.input]: picture }, [encoder.output]))[encoder.output];
    return { run, release: () => session.release() };
  });
  const prior = opensOnce(async () => {
    if (!facts) throw new UserError(`The model ${name} has no prior to start from.`);
    return openPrior(model, runtime, facts);
  });
  const encodePlanes = async (planes: Float32Array, { rows, columns }: Grid): Promise<Float32Array> => {
    const [low, high] = range;
    const pixels = planes.map((value) => low + value * (high - low));
    const picture = float32([1, 3, rows * factor, columns * factor], pixels);
    const { run } = await encoding.get();
    const latent = (await run(picture))?.data;
    if (!(latent instanceof Float32Array)) throw new Error('The encoder must give a float32 latent.');
    return latent;
  };
  const encode = (picture: Picture, grid: Grid) =>
    encodePlanes(coverPlanes(picture, grid.columns * factor, grid.rows * factor), grid);
  const paper = (random: Random, grid: Grid) => {
    const length = 3 * grid.rows * grid.columns * factor * factor;
    const draw = () => Math.min(1, Math.max(0, PAPER.brightness + PAPER.deviation * random.normal()));
    return encodePlanes(Float32Array.from({ length }, draw), grid);
  };
  return {
    encode,
    begin: async ({ request, images, grid, random, codebook }) => {
      if (request.start === 'prior') {
        const opened = await prior.get();
        const drawn = await opened.sample({ candidates: CANDIDATES, prompts: request.prompts, random });
        return drawn.map((codes) => latentOfCodes(codesOnGrid(codes, opened, grid), codebook));
      }
      const noise = encoder ? await paper(random, grid) : randomCodes(codebook, grid, random);
      if (request.start !== 'picture') return [noise];
      if (!request.init) throw new UserError('Expected `init` with a picture when `start` is `picture`.');
      const { image, strength } = request.init;
      const latent = await encode(pictureNamed(images, image), grid);
      return [latent.map((value, index) => strength * value + (1 - strength) * (noise[index] ?? 0))];
    },
    release: async () => {
      await encoding.release();
      await prior.release();
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
