import { intAttribute, intsAttribute } from '../attributes.js';
import type { Value } from '../builder.js';
import { cast, convTranspose, matMul, reshape, transpose } from '../ops.js';
import { elementCount, float32, toNumbers } from '../tensor.js';
import { type Call, type Conversion, inputOf } from './call.js';

/** More of an identity than any window has. */
const LARGEST_WINDOW = 1 << 10;

function numbersAt(call: Call, index: number): readonly number[] {
  const tensor = call.b.constantOf(inputOf(call, index));
  if (!tensor) throw new Error(`Expected input ${index} to be constant.`);
  return toNumbers(tensor);
}

/** Centres of `length` pixels in −1…1, or from corner to corner. */
function places(length: number, alignCorners: boolean): readonly number[] {
  return Array.from({ length }, (_, i) => {
    if (alignCorners) return length === 1 ? 0 : (2 * i) / (length - 1) - 1;
    return (2 * i + 1) / length - 1;
  });
}

/** AffineGrid (20): θ·(x, y, 1) or θ·(x, y, z, 1) at every pixel of a picture or volume, [n, d…, rank]. */
const affineGrid: Conversion = (call) => {
  const { b, node } = call;
  const theta = inputOf(call, 0);
  const [n = 1, , ...spatial] = numbersAt(call, 1);
  const alignCorners = intAttribute(node, 'align_corners', 0) === 1;
  const rank = spatial.length;
  const count = elementCount(spatial);
  const axes = spatial.map((length) => places(length, alignCorners));
  const data = new Float32Array(count * (rank + 1)).fill(1);
  for (let at = 0; at < count; at += 1) {
    let rest = at;
    // The last axis is x, which comes first.
    for (let axis = rank - 1; axis >= 0; axis -= 1) {
      const length = spatial[axis] ?? 1;
      data[at * (rank + 1) + rank - 1 - axis] = axes[axis]?.[rest % length] ?? 0;
      rest = Math.floor(rest / length);
    }
  }
  const points = cast(b, b.constant(float32([1, count, rank + 1], data)), theta.type.elementType);
  return [reshape(b, matMul(b, points, transpose(b, theta, [0, 2, 1])), [n, ...spatial, rank])];
};

/** Col2Im (18): blocks added where they lay, a ConvTranspose of columns with a kernel that puts each into its place. */
const columnsToImage: Conversion = (call) => {
  const { b, node } = call;
  const x = inputOf(call, 0);
  const [image, block] = [numbersAt(call, 1), numbersAt(call, 2)];
  const rank = image.length;
  const size = elementCount(block);
  if (!(size > 0 && size <= LARGEST_WINDOW))
    throw new Error(`Expected blocks of at most ${LARGEST_WINDOW} elements.`);
  const perAxis = (name: string, fallback: number) => intsAttribute(node, name) ?? image.map(() => fallback);
  const [strides, dilations] = [perAxis('strides', 1), perAxis('dilations', 1)];
  const pads = intsAttribute(node, 'pads') ?? [...image, ...image].map(() => 0);
  const rooms = image.map(
    (length, i) =>
      length + (pads[i] ?? 0) + (pads[i + rank] ?? 0) - (dilations[i] ?? 1) * ((block[i] ?? 1) - 1) - 1,
  );
  const counts = rooms.map((room, i) => Math.floor(room / (strides[i] ?? 1)) + 1);
  const [n = 1, rows = 1] = x.type.shape;
  const channels = rows / size;
  const columns = reshape(b, x, [n * channels, size, ...counts]);
  const identity = new Float32Array(size * size);
  for (let at = 0; at < identity.length; at += size + 1) identity[at] = 1;
  const kernel: Value = cast(b, b.constant(float32([size, 1, ...block], identity)), x.type.elementType);
  const images = convTranspose(b, columns, kernel, {
    strides,
    dilations,
    pads,
    outputPadding: rooms.map((room, i) => room % (strides[i] ?? 1)),
  });
  return [reshape(b, images, [n, channels, ...image])];
};

export const SAMPLING_GRIDS: Readonly<Record<string, Conversion>> = {
  AffineGrid: affineGrid,
  Col2Im: columnsToImage,
};
