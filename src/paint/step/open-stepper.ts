import type { Model } from 'onnx-gradients/graph';
import { UserError } from '../../errors.js';
import { SIDE } from '../../requests/options.js';
import type { Runtime, Session } from '../../runtime/runtime.js';
import { readCodebook } from '../../zoo/codebook.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { readDecoder, readImageTower } from '../../zoo/network.js';
import type { ClipNetwork, PaintNetworks } from '../graphs/networks.js';
import { inHalf } from '../graphs/in-half.js';
import { decodeGraph, fusedStepGraph, guidanceGraph, updateGraph } from '../graphs/step-graphs.js';
import type { Effects } from '../canvas/effects.js';
import { NotEnoughMemory } from '../sessions/memory-need.js';
import { openCached } from '../sessions/open-cached.js';
import type { Precision } from './precision.js';
import { chunksOf, fusedStepper, type Stepper, type StepperShape, splitStepper } from './stepper.js';

/** Everything about a request that decides its step graphs. */
export interface StepperKey {
  readonly rows: number;
  readonly columns: number;
  readonly cutouts: number;
  /** Cutouts at a time; all when it is not smaller. */
  readonly chunk: number;
  /** The places in the manifest of the CLIPs that guide. */
  readonly clips: readonly number[];
  readonly precision?: Precision | undefined;
  /** None when absent. */
  readonly effects?: Effects;
}

export interface OpenedStepper {
  readonly stepper: Stepper;
  /** Whether the graphs came from the cache. */
  readonly cached: boolean;
}

/**
 * Opens the sessions for a shape, from cached graphs or graphs built now; with fewer cutouts at a time than asked for where
 * the machine has no room for as many.
 *
 * @throws UserError when it has no room for the size at all, with about the largest that it has.
 */
export async function openStepper(
  model: LoadedModel,
  runtime: Runtime,
  key: StepperKey,
): Promise<OpenedStepper> {
  let chunk = Math.min(key.chunk, key.cutouts);
  for (;;) {
    try {
      return await openChunked(model, runtime, { ...key, chunk });
    } catch (error) {
      if (!(error instanceof NotEnoughMemory)) throw error;
      if (chunk === 1) throw tooLarge(model, key, error);
      chunk = Math.max(1, Math.floor(chunk / SMALLER));
    }
  }
}

/** How many times fewer cutouts at a time are tried next; every try builds its graphs. */
const SMALLER = 4;

function tooLarge(
  { manifest }: LoadedModel,
  { rows, columns }: StepperKey,
  error: NotEnoughMemory,
): UserError {
  const { factor } = manifest.vqgan;
  const { need, available } = error;
  // Values grow about as the area, weights not at all.
  const share = Math.sqrt(Math.max(0, available - need.weights) / need.values);
  const [width = 0, height = 0] = [columns, rows].map((cells) => factor * Math.floor(cells * share));
  const fits = Math.min(width, height) < SIDE.min ? 'no size fits' : `about ${width}x${height} fits`;
  const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(1);
  return new UserError(
    `Expected a size that fits into memory: ${columns * factor}x${rows * factor} needs ${gigabytes(need.weights + need.values)} GB and ${gigabytes(available)} GB are free; ${fits}.`,
    { cause: error },
  );
}

async function openChunked(model: LoadedModel, runtime: Runtime, key: StepperKey): Promise<OpenedStepper> {
  const { names, build, open } = planStep(model, key);
  const { opened, cached } = await openCached({
    ...{ model, runtime, names, open, isLarge: true },
    key: ['step', JSON.stringify(key)],
    build: async () => build(await readNetworks(model, key)),
  });
  return { stepper: opened, cached };
}

/** The networks of a model with some of its CLIPs, read and verified, as the graphs need them. */
export async function readNetworks(
  model: LoadedModel,
  { clips, precision }: Pick<StepperKey, 'clips' | 'precision'>,
): Promise<PaintNetworks> {
  const { vqgan } = model.manifest;
  const [isHalf, isDecoderHalf] = [precision?.clips === 'half', precision?.decoder === 'half'];
  const wanted = model.manifest.clips.filter((_, index) => clips.includes(index));
  return {
    decode: isDecoderHalf ? inHalf(await readDecoder(model)) : await readDecoder(model),
    isDecoderHalf,
    range: vqgan.range,
    codebook: await readCodebook(model),
    clips: await Promise.all(
      wanted.map(async ({ image }, index) => {
        const tower = await readImageTower(model, image, `clip${index}/`);
        const { size, range, mean, std } = image;
        return { image: isHalf ? inHalf(tower) : tower, isHalf, size, range, mean, std };
      }),
    ),
  };
}

/** The graphs of a step, built now. */
export async function buildStep(
  model: LoadedModel,
  key: StepperKey,
): Promise<Readonly<Record<string, Model>>> {
  return planStep(model, key).build(await readNetworks(model, key));
}

interface StepPlan {
  readonly names: readonly string[];
  readonly build: (networks: PaintNetworks) => Readonly<Record<string, Model>>;
  readonly open: (open: (name: string) => Promise<Session>) => Promise<Stepper>;
}

/** One CLIP and one chunk go into one graph; anything else into parts. */
function planStep(model: LoadedModel, key: StepperKey): StepPlan {
  const { vqgan } = model.manifest;
  const { rows, columns, cutouts, clips, effects = {} } = key;
  const shape: StepperShape = {
    dim: vqgan.dim,
    rows,
    columns,
    height: rows * vqgan.factor,
    width: columns * vqgan.factor,
    ...{ cutouts, effects },
  };
  if (clips.length === 1 && key.chunk >= cutouts) return planFused(shape);
  return planSplit({ ...shape, chunk: Math.min(key.chunk, cutouts), clips: clips.length });
}

function planFused(shape: StepperShape): StepPlan {
  return {
    names: ['decode', 'step'],
    build: (networks) => {
      const clip = clipAt(networks, 0);
      return {
        decode: decodeGraph(networks, shape),
        step: fusedStepGraph(networks, { shape, clip, cutouts: shape.cutouts }),
      };
    },
    open: async (open) => fusedStepper({ decode: await open('decode'), step: await open('step') }, shape),
  };
}

interface SplitShape extends StepperShape {
  readonly chunk: number;
  /** How many CLIPs guide. */
  readonly clips: number;
}

function planSplit(shape: SplitShape): StepPlan {
  const { cutouts, chunk, height, width, effects = {} } = shape;
  const clips = Array.from({ length: shape.clips }, (_, index) => index);
  const counts = [...new Set(chunksOf(cutouts, chunk).map(([from, to]) => to - from))];
  const guidanceName = (clip: number, count: number) => `guidance-${clip}-${count}`;
  const pairs = clips.flatMap((clip) => counts.map((count) => ({ clip, count })));
  return {
    names: ['decode', 'update', ...pairs.map(({ clip, count }) => guidanceName(clip, count))],
    build: (networks) => {
      const guidance = pairs.map(({ clip, count }) => {
        const graph = guidanceGraph(clipAt(networks, clip), { height, width, cutouts: count, effects });
        return [guidanceName(clip, count), graph] as const;
      });
      return {
        decode: decodeGraph(networks, shape),
        update: updateGraph(networks, { shape, height, width }),
        ...Object.fromEntries(guidance),
      };
    },
    open: async (open) => {
      const guidance = await Promise.all(
        clips.map(async (clip) => {
          const sessions = new Map<number, Session>();
          for (const count of counts) sessions.set(count, await open(guidanceName(clip, count)));
          return sessions;
        }),
      );
      return splitStepper({ decode: await open('decode'), update: await open('update'), guidance }, shape);
    },
  };
}

function clipAt({ clips }: PaintNetworks, index: number): ClipNetwork {
  const clip = clips[index];
  if (!clip) throw new Error(`The model has no CLIP ${index}.`);
  return clip;
}
