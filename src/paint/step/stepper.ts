import { elementCount, float32, type Tensor } from 'onnx-gradients/graph';
import type { Feeds, Session } from '../../runtime/runtime.js';
import type { Canvas, LatentShape } from '../graphs/update.js';
import type { Conditioning } from '../prompts/conditioning.js';

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
  /** One set of views and one conditioning a CLIP: the graphs' inputs `cutouts.*` by the rest of their names, [n, …] each. */
  readonly views: readonly Feeds[];
  readonly conditionings: readonly Conditioning[];
  readonly stage: StageFeeds;
}

/** What the effects of a request feed to its graphs; see `Stage`. */
export interface StageFeeds {
  readonly finish: Feeds;
  readonly pulls: Feeds;
  readonly roll: Feeds;
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
  /** A latent's picture as planes [3, H, W] in 0…1; `finish` as for a step. */
  decode(latent: Float32Array, finish: Feeds): Promise<Float32Array>;
  release(): Promise<void>;
}

export interface StepperShape extends Canvas {
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
      const [views, conditioning] = [input.views[0], input.conditionings[0]];
      if (!views || !conditioning) throw new Error('A step needs views and a conditioning.');
      const share = shareOf(shape, conditioning);
      const results = await step.run({
        ...updateFeeds(input, shape),
        ...guidanceFeeds({ views, from: 0, to: shape.cutouts, conditioning, share }),
        ...input.stage.roll,
      });
      const loss = scalar(results, 'loss') + pullsLoss(results, shape);
      return { ...readState(results), loss, pulling: scalar(results, 'pulling') };
    },
    decode: (latent, finish) => decodeWith(decode, { latent, finish }, shape),
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
      const picture = float32(
        [1, 3, height, width],
        await decodeWith(decode, { latent: input.latent, finish: input.stage.finish }, shape),
      );
      let gradient: Tensor = float32(picture.shape, new Float32Array(picture.data.length));
      let [loss, pulling] = [0, 0];
      for (const [index, sessions] of guidance.entries()) {
        const [views, conditioning] = [input.views[index], input.conditionings[index]];
        if (!views || !conditioning) throw new Error(`CLIP ${index} needs views and a conditioning.`);
        for (const [from, to] of chunksOf(count, chunk)) {
          const session = sessions.get(to - from);
          if (!session) throw new Error(`No guidance graph takes ${to - from} cutouts.`);
          const share = shareOf(shape, conditioning);
          const feeds = guidanceFeeds({ views, from, to, conditioning, share });
          const results = await session.run({ picture, gradient, ...feeds, ...input.stage.roll });
          gradient = output(results, 'gradient.next');
          loss += scalar(results, 'loss');
          pulling += scalar(results, 'pulling');
        }
      }
      const results = await update.run({ ...updateFeeds(input, shape), gradient });
      return { ...readState(results), loss: loss + pullsLoss(results, shape), pulling };
    },
    decode: (latent, finish) => decodeWith(decode, { latent, finish }, shape),
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

/** What pulls beside CLIP add to the loss. */
function pullsLoss(results: Feeds, { effects: { pulls, colours } = {} }: StepperShape): number {
  return pulls || colours !== undefined ? scalar(results, 'pulls.loss') : 0;
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
    ...input.stage.finish,
    ...input.stage.pulls,
  };
}

interface GuidanceFeeds {
  readonly views: Feeds;
  readonly from: number;
  readonly to: number;
  readonly conditioning: Conditioning;
  readonly share: number;
}

function guidanceFeeds({ views, from, to, conditioning, share }: GuidanceFeeds): Feeds {
  const cutouts = Object.entries(views).map(
    ([name, value]) => [`cutouts.${name}`, rowsOf(value, from, to)] as const,
  );
  return {
    ...Object.fromEntries(cutouts),
    'prompts.embeddings': conditioning.embeddings,
    'prompts.weights': conditioning.weights,
    'prompts.stops': conditioning.stops,
    share: float32([], [share]),
  };
}

/** The rows [from, to) of a tensor [n, …]. */
function rowsOf({ elementType, shape, data }: Tensor, from: number, to: number): Tensor {
  const [, ...row] = shape;
  const width = elementCount(row);
  const rows = data.subarray(from * width, to * width);
  return { elementType, shape: [to - from, ...row], data: rows };
}

async function decodeWith(
  session: Session,
  { latent, finish }: { readonly latent: Float32Array; readonly finish: Feeds },
  { dim, rows, columns }: LatentShape,
): Promise<Float32Array> {
  const results = await session.run({ latent: float32([1, dim, rows, columns], latent), ...finish });
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
