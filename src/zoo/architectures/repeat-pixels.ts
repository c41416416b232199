import { type GraphBuilder, string, type Value } from 'onnx-gradients/graph';
import { resize } from 'onnx-gradients/ops';

/** Every pixel of [n, c, h, w] repeated `factor` × `factor`. */
export function repeatPixels(builder: GraphBuilder, x: Value, factor: number): Value {
  return resize(builder, x, {
    scales: [1, 1, factor, factor],
    mode: 'nearest',
    attributes: { coordinate_transformation_mode: string('asymmetric'), nearest_mode: string('floor') },
  });
}
