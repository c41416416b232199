import { type TensorData, TYPED_ARRAYS } from '../element-type.js';
import { elementCount, type Shape, type Tensor } from '../tensor.js';

/** Row-major strides in elements. */
export function stridesOf(shape: Shape): readonly number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis -= 1) {
    strides[axis] = (strides[axis + 1] ?? 1) * (shape[axis + 1] ?? 1);
  }
  return strides;
}

/** How positions of a walked shape map to positions in memory. */
export interface Layout {
  readonly shape: Shape;
  readonly strides: readonly number[];
  readonly offset?: number;
}

/** The same walk with as few axes as possible: axes of size 1 vanish, and two that continue each other become one. */
function merged({ shape, strides, offset = 0 }: Layout): Required<Layout> {
  const [sizes, steps]: [number[], number[]] = [[], []];
  for (const [axis, size] of shape.entries()) {
    if (size === 1) continue;
    const stride = strides[axis] ?? 0;
    if (sizes.length > 0 && steps.at(-1) === stride * size) {
      sizes.push((sizes.pop() ?? 1) * size);
      steps.pop();
    } else {
      sizes.push(size);
    }
    steps.push(stride);
  }
  return { shape: sizes, strides: steps, offset };
}

/** Calls back at the beginning of each run along the last axis: its memory position and row-major index. */
function eachRow(
  { shape, strides, offset }: Required<Layout>,
  visit: (position: number, index: number) => void,
): void {
  const count = elementCount(shape);
  const length = shape.at(-1) ?? 1;
  const outer = shape.length - 1;
  const counters = shape.map(() => 0);
  let position = offset;
  for (let index = 0; index < count; index += length) {
    visit(position, index);
    for (let axis = outer - 1; axis >= 0; axis -= 1) {
      const next = (counters[axis] ?? 0) + 1;
      position += strides[axis] ?? 0;
      if (next < (shape[axis] ?? 0)) {
        counters[axis] = next;
        break;
      }
      position -= next * (strides[axis] ?? 0);
      counters[axis] = 0;
    }
  }
}

/** Calls back with the memory position of each element of a layout, in row-major order. */
export function walk(layout: Layout, visit: (position: number, index: number) => void): void {
  const plan = merged(layout);
  const [length, stride] = [plan.shape.at(-1) ?? 1, plan.strides.at(-1) ?? 0];
  eachRow(plan, (position, index) => {
    for (let i = 0; i < length; i += 1) visit(position + i * stride, index + i);
  });
}

/** An empty array of a tensor's type. */
export function emptyLike({ elementType }: Tensor, count: number): TensorData {
  return new TYPED_ARRAYS[elementType](count);
}

/** Below this many elements a loop is faster than a call that copies memory. */
const COPY_AT_ONCE = 64;

/** The elements that a layout picks from a tensor, as a dense tensor of the layout's shape. */
export function pick(tensor: Tensor, layout: Layout): Tensor {
  const plan = merged(layout);
  const [length, stride] = [plan.shape.at(-1) ?? 1, plan.strides.at(-1) ?? 0];
  const source = tensor.data;
  const data = emptyLike(tensor, elementCount(layout.shape));
  const isBlock = stride === 1 && length >= COPY_AT_ONCE;
  eachRow(plan, (position, index) => {
    // Both arrays are of one type, which `never` spares spelling out.
    if (isBlock) data.set(source.subarray(position, position + length) as never, index);
    else for (let i = 0; i < length; i += 1) data[index + i] = source[position + i * stride] as never;
  });
  return { elementType: tensor.elementType, shape: layout.shape, data };
}

/** Writes a tensor's elements to the positions of a layout of its shape. */
export function place(source: Tensor, target: TensorData, layout: Layout): void {
  walk(layout, (position, index) => {
    target[position] = source.data[index] as never; // The caller made `target` for this type.
  });
}

/** The layout that stretches a shape to a broadcast one: stride 0 along stretched axes. */
export function stretched(from: Shape, to: Shape): Layout {
  const strides = stridesOf(from);
  const missing = to.length - from.length;
  return {
    shape: to,
    strides: to.map((_, axis) =>
      axis < missing || from[axis - missing] === 1 ? 0 : (strides[axis - missing] ?? 0),
    ),
  };
}

/** A tensor broadcast to a shape; itself when it has that shape already. */
export function broadcastTo(tensor: Tensor, shape: Shape): Tensor {
  const same = tensor.shape.length === shape.length && shape.every((d, axis) => d === tensor.shape[axis]);
  return same ? tensor : pick(tensor, stretched(tensor.shape, shape));
}
