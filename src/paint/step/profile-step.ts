import { elementCount, encodeModel, float32, type Model, tensor } from 'onnx-gradients/graph';
import type { Feeds, ProfiledNode, Runtime } from '../../runtime/runtime.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { fusedStepGraph } from '../graphs/step-graphs.js';
import { precisionFor } from './precision.js';
import { readNetworks } from './open-stepper.js';

/** Operators that hold a step's arithmetic, with ONNX Runtime's fused forms of them. */
const HEAVY = /Conv|MatMul|Gemm|Attention|Einsum/;

/** Where the nodes of one step ran. */
export interface StepProfile {
  readonly nodes: readonly ProfiledNode[];
  /** Nodes full of arithmetic that ran on the processor although another device was chosen. */
  readonly heavyOnCpu: readonly ProfiledNode[];
}

/** Runs a step of a model at its own size a few times and tells where each node ran. */
export async function profileStep(model: LoadedModel, runtime: Runtime, runs = 3): Promise<StepProfile> {
  const { vqgan, defaults } = model.manifest;
  const precision = await precisionFor(model, runtime);
  const networks = await readNetworks(model, { clips: [0], precision });
  const [clip] = networks.clips;
  if (!clip) throw new Error('The model has no CLIP.');
  const [rows, columns] = [defaults.height / vqgan.factor, defaults.width / vqgan.factor];
  const step = fusedStepGraph(networks, {
    shape: { dim: vqgan.dim, rows, columns },
    clip,
    cutouts: defaults.cutouts,
  });
  const nodes = await runtime.profile({ model: encodeModel(step) }, halves(step), runs);
  const onCpu = nodes.filter(({ provider }) => provider === 'CPUExecutionProvider');
  const heavyOnCpu = runtime.provider === 'cpu' ? [] : onCpu.filter(({ opType }) => HEAVY.test(opType));
  return { nodes, heavyOnCpu };
}

/** One half for every float and 0 for every index: any numbers take the same way. */
function halves({ graph }: Model): Feeds {
  const feeds = graph.inputs.map(({ name, elementType, shape = [] }) => {
    const fixed = shape.map(Number);
    const length = elementCount(fixed);
    if (elementType === 'int64') return [name, tensor('int64', fixed, new BigInt64Array(length))] as const;
    return [name, float32(fixed, new Float32Array(length).fill(0.5))] as const;
  });
  return Object.fromEntries(feeds);
}
