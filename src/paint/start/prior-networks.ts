import type { Tensor } from 'onnx-gradients/graph';
import type { PriorReference } from '../../contracts/manifest.js';
import type { Runtime } from '../../runtime/runtime.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { verifyOnnx } from '../../zoo/verify-onnx.js';
import { expectNames } from '../sessions/network-session.js';

/** What a sampler has to know of a prior's networks. */
export interface PriorFacts {
  readonly rows: number;
  readonly columns: number;
  /** Width of a plan. */
  readonly width: number;
  /** The cache: layers, heads, and the width of a key. */
  readonly layers: number;
  readonly heads: number;
  readonly size: number;
  /** The code that stands for a neighbour beyond the grid. */
  readonly outside: number;
  /** The ids of no text. */
  readonly empty: readonly number[];
  readonly styles: readonly string[];
  readonly guidance: number;
  readonly temperature: number;
  readonly topK: number;
}

export interface PriorStepInputs {
  /** int64 [rows, 3]: the codes to the left, above, and above right. */
  readonly codes: Tensor;
  /** int64 [1] */
  readonly position: Tensor;
  /** [rows, width] */
  readonly plan: Tensor;
  /** [layers, 2, rows, heads, positions, size] */
  readonly past: Tensor;
}

/** The two networks of a prior. */
export interface PriorNetworks {
  readonly facts: PriorFacts;
  /** int64 ids [2, context] to what belongs at each position, [2, positions, width]. */
  plan(ids: Tensor): Promise<Float32Array>;
  /** One position: logits [rows, codes], and its keys and values [layers, 2, rows, heads, 1, size]. */
  step(inputs: PriorStepInputs): Promise<{ readonly logits: Float32Array; readonly present: Float32Array }>;
  release(): Promise<void>;
}

/** A step is a few small products: a trip to another device or thread takes longer (measured: two threads save nothing). */
export const BESIDE = { onCpu: true, threads: 1 } as const;

type OnnxReference = Extract<PriorReference, { readonly file: string }>;

/** A prior whose networks are ONNX files. @throws UserError when one is damaged. */
export async function openOnnxPrior(
  model: LoadedModel,
  runtime: Runtime,
  { file, grid, conditioning, cache }: OnnxReference,
): Promise<PriorNetworks> {
  const open = async (name: string) =>
    runtime.open({ model: (await verifyOnnx(model, name)).path, ...BESIDE });
  const planner = await open(conditioning.file);
  const stepper = await open(file);
  const [rows, columns] = grid;
  const { inputs, outputs } = cache;
  const where = (name: string) => `${model.manifest.name}/${name}`;
  expectNames(planner, {
    where: where(conditioning.file),
    inputs: [conditioning.input],
    outputs: [conditioning.output],
  });
  expectNames(stepper, {
    where: where(file),
    inputs: Object.values(inputs),
    outputs: Object.values(outputs),
  });
  return {
    facts: { ...conditioning, ...cache, rows, columns },
    plan: async (ids) => {
      const { [conditioning.output]: plan } = await planner.run({ [conditioning.input]: ids }, [
        conditioning.output,
      ]);
      return floats(plan);
    },
    step: async ({ codes, position, plan, past }) => {
      const results = await stepper.run({
        ...{ [inputs.codes]: codes, [inputs.position]: position, [inputs.plan]: plan, [inputs.past]: past },
      });
      return { logits: floats(results[outputs.logits]), present: floats(results[outputs.present]) };
    },
    release: async () => {
      await planner.release();
      await stepper.release();
    },
  };
}

export function floats(value: Tensor | undefined): Float32Array {
  if (!(value?.data instanceof Float32Array)) throw new Error("The prior's graphs must give float32.");
  return value.data;
}
