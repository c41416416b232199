import type { GraphBuilder, Value } from '../../onnx/builder.js';
import { TYPED_ARRAYS } from '../../onnx/element-type.js';
import { elementCount, type Tensor, tensor } from '../../onnx/tensor.js';
import { reshape, reverse, transpose, upTo } from '../emit.js';

interface Kernel {
  readonly b: GraphBuilder;
  /** [m, c / group, …]. */
  readonly w: Value;
  readonly group: number;
}

/**
 * A convolution's kernel reversed along its spatial axes, with the channel axes exchanged within each group:
 * [m, c/group, …] to [c, m/group, …]. Done here and now for a constant kernel, by nodes for a computed one.
 */
export function flippedKernel({ b, w, group }: Kernel): Value {
  const constant = b.constantOf(w);
  if (constant) return b.derived(flipped(constant, group), `${w.name}/flipped`, [w]);
  const [m = 1, c = 1, ...spatial] = w.type.shape;
  const backwards = reverse(
    b,
    w,
    spatial.map((_, axis) => axis + 2),
  );
  const grouped = reshape(b, backwards, [group, m / group, c, ...spatial]);
  const exchanged = transpose(b, grouped, [0, 2, 1, ...upTo(spatial.length).map((axis) => axis + 3)]);
  return reshape(b, exchanged, [group * c, m / group, ...spatial]);
}

function flipped({ elementType, shape, data }: Tensor, group: number): Tensor {
  const [m = 1, c = 1, ...spatial] = shape;
  const size = elementCount(spatial);
  const rows = m / group;
  // Elements are only moved, so one array class stands for all.
  const from = data as Float32Array;
  const to = new TYPED_ARRAYS[elementType](data.length) as Float32Array;
  for (let channel = 0; channel < group * c; channel += 1) {
    for (let row = 0; row < rows; row += 1) {
      const source = ((Math.floor(channel / c) * rows + row) * c + (channel % c)) * size;
      const target = (channel * rows + row) * size;
      // Reversing every spatial axis is reversing their flattened order.
      for (let place = 0; place < size; place += 1) to[target + place] = from[source + size - 1 - place] ?? 0;
    }
  }
  return tensor(elementType, [group * c, rows, ...spatial], to);
}
