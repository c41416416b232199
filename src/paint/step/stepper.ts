import { float32, type Tensor } from 'onnx-gradients/graph';
import type { Feeds, Session } from '../../runtime/runtime.js';
import type { LatentShape } from '../graphs/update.js';
import type { Conditioning } from '../prompts/conditioning.js';
import type { CutoutNumbers } from './draw-cutouts.js';

/** What a step starts from. */
export interface StepInput {
  readonly latent: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** The latent to stay near; anything while `pull` is 0. */
  readonly anchor: Float32Array;
  readonly pull: number;
  readonly learningRate: number;
  /** 1/(1 − βᵗ) for both moments. */
  readonly corrections: readonly [number, number];
  /** One set of cutouts and one conditioning a CLIP. */
  readonly cutouts: readonly CutoutNumbers[];
  readonly conditionings: readonly Conditioning[];
}

export interface StepOutput {
  readonly latent: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** The loss at the latent the step started from. */
  readonly loss: number;
  /** 0 when every prompt has reached its stop on every cutout. */
  readonly pulling: number;
}

/** Runs the steps of one shape. */
export interface Stepper {
  step(input: StepInput): Promise<StepOutput>;
  /** A latent's picture as planes [3, H, W] in 0…1. */
  decode(latent: Float32Array): Promise<Float32Array>;
  release(): Promise<void>;
}

export interface StepperShape extends LatentShape {
  readonly height: number;
  readonly width: number;
  /** Cutouts of one step, per CLIP. */
  readonly cutouts: number;
}

/** One graph a step. */
export function fusedStepper(
  { decode, step }: { readonly decode: Session; readonly step: Session },
  shape: StepperShape,
): Stepper {
  return {
    step: async (input) => {
      const [cutouts, conditioning] = [input.cutouts[0], input.conditionings[0]];
      if (!cutouts || !conditioning) throw new Error('A step needs cutouts and a conditioning.');
      const results = await step.run({
        ...updateFeeds(input, shape),
        ...guidanceFeeds({
          cutouts,
          from: 0,
          to: shape.cutouts,
          conditioning,
          share: shareOf(shape, conditioning),
        }),
      });
      return { ...readState(results), loss: scalar(results, 'loss'), pulling: scalar(results, 'pulling') };
    },
    decode: (latent) => decodeWith(decode, latent, shape),
    release: async () => {
      for (const session of [decode, step]) await session.release();
    },
  };
}

/** The sessions of a step in parts: guidance by CLIP and by how many cutouts a chunk has. */
export interface SplitSessions {
  readonly decode: Session;
  readonly guidance: readonly ReadonlyMap<number, Session>[];
  readonly update: Session;
}

/**
 * A step in parts: decode, then guidance for every CLIP and chunk with the gradients added up, then the update. It needs the
 * memory of one chunk, at the price of decoding twice.
 */
export function splitStepper(
  { decode, guidance, update }: SplitSessions,
  shape: StepperShape & { readonly chunk: number },
): Stepper {
  const { height, width, cutouts: count, chunk } = shape;
  return {
    step: async (input) => {
      const picture = float32([1, 3, height, width], await decodeWith(decode, input.latent, shape));
      let gradient: Tensor = float32(picture.shape, new Float32Array(picture.data.length));
      let [loss, pulling] = [0, 0];
      for (const [index, sessions] of guidance.entries()) {
        const [cutouts, conditioning] = [input.cutouts[index], input.conditionings[index]];
        if (!cutouts || !conditioning) throw new Error(`CLIP ${index} needs cutouts and a conditioning.`);
        for (const [from, to] of chunksOf(count, chunk)) {
          const session = sessions.get(to - from);
          if (!session) throw new Error(`No guidance graph takes ${to - from} cutouts.`);
          const share = shareOf(shape, conditioning);
          const feeds = guidanceFeeds({ cutouts, from, to, conditioning, share });
          const results = await session.run({ picture, gradient, ...feeds });
          gradient = output(results, 'gradient.next');
          loss += scalar(results, 'loss');
          pulling += scalar(results, 'pulling');
        }
      }
      const results = await update.run({ ...updateFeeds(input, shape), gradient });
      return { ...readState(results), loss, pulling };
    },
    decode: (latent) => decodeWith(decode, latent, shape),
    release: async () => {
      const sessions = [decode, update, ...guidance.flatMap((byCount) => [...byCount.values()])];
      for (const session of sessions) await session.release();
    },
  };
}

/** The cutouts of each chunk as [from, to): whole chunks, then what is left. */
export function chunksOf(count: number, chunk: number): readonly (readonly [number, number])[] {
  return Array.from({ length: Math.ceil(count / chunk) }, (_, index) => [
    index * chunk,
    Math.min(count, (index + 1) * chunk),
  ]);
}

/** What one cutout counts. */
function shareOf({ cutouts }: StepperShape, { share }: Conditioning): number {
  return share / cutouts;
}

function updateFeeds(input: StepInput, { dim, rows, columns }: StepperShape): Feeds {
  const grid = (data: Float32Array) => float32([1, dim, rows, columns], data);
  const number = (value: number) => float32([], [value]);
  return {
    latent: grid(input.latent),
    first: grid(input.first),
    second: grid(input.second),
    anchor: grid(input.anchor),
    pull: number(input.pull),
    'adam.learningRate': number(input.learningRate),
    'adam.firstCorrection': number(input.corrections[0]),
    'adam.secondCorrection': number(input.corrections[1]),
  };
}

interface GuidanceFeeds {
  readonly cutouts: CutoutNumbers;
  readonly from: number;
  readonly to: number;
  readonly conditioning: Conditioning;
  readonly share: number;
}

function guidanceFeeds({ cutouts, from, to, conditioning, share }: GuidanceFeeds): Feeds {
  const rows = (data: Float32Array, width: number) =>
    float32([to - from, width], data.subarray(from * width, to * width));
  return {
    'cutouts.x': rows(cutouts.x, 2),
    'cutouts.y': rows(cutouts.y, 2),
    'cutouts.gains': rows(cutouts.gains, 3),
    'cutouts.shifts': rows(cutouts.shifts, 3),
    'cutouts.noiseScales': float32([to - from], cutouts.noiseScales.subarray(from, to)),
    'cutouts.noiseOffsets': {
      elementType: 'int64',
      shape: [to - from],
      data: cutouts.noiseOffsets.subarray(from, to),
    },
    'prompts.embeddings': conditioning.embeddings,
    'prompts.weights': conditioning.weights,
    'prompts.stops': conditioning.stops,
    share: float32([], [share]),
  };
}

async function decodeWith(session: Session, latent: Float32Array, shape: LatentShape): Promise<Float32Array> {
  const { dim, rows, columns } = shape;
  const results = await session.run({ latent: float32([1, dim, rows, columns], latent) });
  return floats(results, 'picture');
}

function readState(results: Feeds): Pick<StepOutput, 'latent' | 'first' | 'second'> {
  return {
    latent: floats(results, 'latent.next'),
    first: floats(results, 'first.next'),
    second: floats(results, 'second.next'),
  };
}

function output(results: Feeds, name: string): Tensor {
  const value = results[name];
  if (!value) throw new Error(`The graph has no output ${name}.`);
  return value;
}

function floats(results: Feeds, name: string): Float32Array {
  const { data } = output(results, name);
  if (!(data instanceof Float32Array)) throw new Error(`The output ${name} is not float32.`);
  return data;
}

function scalar(results: Feeds, name: string): number {
  return floats(results, name)[0] ?? Number.NaN;
}
