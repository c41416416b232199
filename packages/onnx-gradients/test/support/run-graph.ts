import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { encodeModel } from '../../src/onnx/codec/write-model.js';
import type { TensorData } from '../../src/onnx/element-type.js';
import type { Model } from '../../src/onnx/graph.js';
import { type Tensor, tensor } from '../../src/onnx/tensor.js';

export type Tensors = Readonly<Record<string, Tensor>>;

export interface OpenGraph {
  readonly run: (inputs: Tensors) => Promise<Tensors>;
  readonly close: () => Promise<void>;
}

/**
 * A model ready to run on the CPU with ONNX Runtime; inputs and outputs go by name. Graph optimisations stay off by
 * default, so that what is tested is the graph as it was emitted.
 */
export async function openGraph(
  model: Model,
  options: InferenceSession.SessionOptions = {},
): Promise<OpenGraph> {
  const session = await InferenceSession.create(encodeModel(model), {
    graphOptimizationLevel: 'disabled',
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
    ...options,
  });
  return {
    run: async (inputs) => {
      const feeds = Object.entries(inputs).map(([name, value]) => [name, toOrt(value)] as const);
      const results = await session.run(Object.fromEntries(feeds));
      return Object.fromEntries(Object.entries(results).map(([name, value]) => [name, fromOrt(value)]));
    },
    close: () => session.release(),
  };
}

/** Runs a model once. */
export async function runGraph(
  model: Model,
  inputs: Tensors,
  options: InferenceSession.SessionOptions = {},
): Promise<Tensors> {
  const graph = await openGraph(model, options);
  try {
    return await graph.run(inputs);
  } finally {
    await graph.close();
  }
}

function toOrt({ elementType, data, shape }: Tensor): OrtTensor {
  // Our element types are a subset of the runtime's names, and the data's class was checked when it was made.
  return new OrtTensor(elementType as 'float32', data as Float32Array, shape);
}

function fromOrt({ type, data, dims }: OrtTensor): Tensor {
  return tensor(type as Tensor['elementType'], dims, data as TensorData); // The runtime's names are ours.
}
