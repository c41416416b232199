import type { Model } from '../../onnx/graph.js';
import type { Runtime, Session } from '../../runtime/runtime.js';
import { readCodebook } from '../../zoo/codebook.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { readDecoder, readImageTower } from '../../zoo/network.js';
import type { PaintNetworks } from '../graphs/networks.js';
import { decodeGraph, fusedStepGraph, guidanceGraph, updateGraph } from '../graphs/step-graphs.js';
import { openCached } from '../sessions/open-cached.js';
import { chunksOf, fusedStepper, type Stepper, type StepperShape, splitStepper } from './stepper.js';

/** Everything about a request that decides its step graphs. */
export interface StepperKey {
  readonly rows: number;
  readonly columns: number;
  readonly cutouts: number;
  /** Cutouts at a time; all when it is not smaller. */
  readonly chunk: number;
}

export interface OpenedStepper {
  readonly stepper: Stepper;
  /** Whether the graphs came from the cache. */
  readonly cached: boolean;
}

/** Opens the sessions for a shape, from cached graphs or graphs built now. */
export async function openStepper(
  model: LoadedModel,
  runtime: Runtime,
  key: StepperKey,
): Promise<OpenedStepper> {
  const { names, build, open } = planStep(model, key);
  const { opened, cached } = await openCached({
    ...{ model, runtime, names, open },
    key: ['step', JSON.stringify(key)],
    build: async () => build(await readNetworks(model)),
  });
  return { stepper: opened, cached };
}

/** The networks of a model, read and verified, as the graphs need them. */
export async function readNetworks(model: LoadedModel): Promise<PaintNetworks> {
  const { vqgan, clips } = model.manifest;
  return {
    decode: await readDecoder(model),
    range: vqgan.range,
    codebook: await readCodebook(model),
    clips: await Promise.all(
      clips.map(async ({ image }, index) => ({
        image: await readImageTower(model, image, `clip${index}/`),
        size: image.size,
        range: image.range,
        mean: image.mean,
        std: image.std,
      })),
    ),
  };
}

interface StepPlan {
  readonly names: readonly string[];
  readonly build: (networks: PaintNetworks) => Readonly<Record<string, Model>>;
  readonly open: (open: (name: string) => Promise<Session>) => Promise<Stepper>;
}

/** One CLIP and one chunk go into one graph; anything else into parts. */
function planStep(model: LoadedModel, key: StepperKey): StepPlan {
  const { vqgan, clips } = model.manifest;
  const { rows, columns, cutouts } = key;
  const shape: StepperShape = {
    dim: vqgan.dim,
    rows,
    columns,
    height: rows * vqgan.factor,
    width: columns * vqgan.factor,
    clipWeights: clips.map(({ weight }) => weight),
    cutouts,
  };
  const isWhole = clips.length === 1 && key.chunk >= cutouts;
  return isWhole ? planFused(shape) : planSplit({ ...shape, chunk: Math.min(key.chunk, cutouts) });
}

function planFused(shape: StepperShape): StepPlan {
  return {
    names: ['decode', 'step'],
    build: (networks) => {
      const [clip] = networks.clips;
      if (!clip) throw new Error('The model has no CLIP.');
      return {
        decode: decodeGraph(networks, shape),
        step: fusedStepGraph(networks, { shape, clip, cutouts: shape.cutouts }),
      };
    },
    open: async (open) => fusedStepper({ decode: await open('decode'), step: await open('step') }, shape),
  };
}

function planSplit(shape: StepperShape & { readonly chunk: number }): StepPlan {
  const { cutouts, chunk, height, width, clipWeights } = shape;
  const counts = [...new Set(chunksOf(cutouts, chunk).map(([from, to]) => to - from))];
  const guidanceName = (clip: number, count: number) => `guidance-${clip}-${count}`;
  const pairs = clipWeights.flatMap((_, clip) => counts.map((count) => ({ clip, count })));
  return {
    names: ['decode', 'update', ...pairs.map(({ clip, count }) => guidanceName(clip, count))],
    build: (networks) => {
      const guidance = pairs.map(({ clip, count }) => {
        const network = networks.clips[clip];
        if (!network) throw new Error(`The model has no CLIP ${clip}.`);
        const graph = guidanceGraph(network, { height, width, cutouts: count });
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
        clipWeights.map(async (_, clip) => {
          const sessions = new Map<number, Session>();
          for (const count of counts) sessions.set(count, await open(guidanceName(clip, count)));
          return sessions;
        }),
      );
      return splitStepper({ decode: await open('decode'), update: await open('update'), guidance }, shape);
    },
  };
}
