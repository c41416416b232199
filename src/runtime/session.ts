import { type ElementType, type Tensor, tensor } from 'onnx-gradients/graph';
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { ort } from './onnxruntime.js';
import type { Feeds, Session } from './runtime.js';

/** The element types that ONNX Runtime's Node binding takes and gives, as it calls them: as we do. */
const CARRIED = [
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'bool',
  'float16',
  'float64',
  'uint32',
  'uint64',
] as const satisfies readonly ElementType[];

/** ONNX Runtime's session behind our own tensors; data is passed by reference, not copied. */
export function wrapSession(session: InferenceSession): Session {
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    run: async (feeds, outputs) => {
      const results = outputs
        ? await session.run(allToOrt(feeds), outputs)
        : await session.run(allToOrt(feeds));
      return Object.fromEntries(Object.entries(results).map(([name, value]) => [name, fromOrt(name, value)]));
    },
    runInto: async (feeds, outputs) => {
      await session.run(allToOrt(feeds), allToOrt(outputs));
    },
    release: () => session.release(),
  };
}

export function allToOrt(tensors: Feeds): Record<string, OrtTensor> {
  return Object.fromEntries(Object.entries(tensors).map(([name, value]) => [name, toOrt(name, value)]));
}

export function toOrt(name: string, { elementType, shape, data }: Tensor): OrtTensor {
  const carried = CARRIED.find((type) => type === elementType);
  if (!carried)
    throw new Error(`Input "${name}" is ${elementType}, which ONNX Runtime for Node cannot take.`);
  return new ort.Tensor(carried, data, shape);
}

export function fromOrt(name: string, value: OrtTensor): Tensor {
  const carried = CARRIED.find((type) => type === value.type);
  if (!carried || Array.isArray(value.data)) {
    throw new Error(`Output "${name}" is ${value.type}, which Easel cannot hold.`);
  }
  return tensor(carried, value.dims, value.data as Tensor['data']); // not a string tensor: checked above
}
