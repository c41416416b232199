import type { GraphBuilder, Value } from '../../../src/onnx/builder.js';
import { type Shape, tensor } from '../../../src/onnx/tensor.js';

/** A float64 constant. */
export function float64(b: GraphBuilder, shape: Shape, values: readonly number[]): Value {
  return b.constant(tensor('float64', shape, Float64Array.from(values)));
}
