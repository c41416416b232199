import { intAttribute, intsAttribute, requiredInt, stringAttribute } from '../attributes.js';
import { normalizeAxis } from '../axes.js';
import { padAmounts } from '../shapes/arrangement.js';
import { resolveSlice } from '../shapes/slice.js';
import { elementCount, type Tensor, toNumbers } from '../tensor.js';
import type { FoldContext, FoldRule } from './rule.js';
import { broadcastTo, emptyLike, pick, place, stridesOf } from './strided.js';

/** Same elements, other shape. */
const reshaped: FoldRule = ({ tensor, outputs }) =>
  outputs.map(({ elementType, shape }) => ({ elementType, shape, data: tensor(0).data }));

const transpose: FoldRule = ({ node, tensor, outputs }) => {
  const x = tensor(0);
  const strides = stridesOf(x.shape);
  const perm = intsAttribute(node, 'perm') ?? [...x.shape.keys()].reverse();
  const moved = perm.map((axis) => strides[axis] ?? 0);
  return outputs.map(({ shape }) => pick(x, { shape, strides: moved }));
};

const expand: FoldRule = ({ tensor, outputs }) => outputs.map(({ shape }) => broadcastTo(tensor(0), shape));

const numbersAt = (context: FoldContext, index: number) => {
  const value = context.constant(index);
  return value && toNumbers(value);
};

const slice: FoldRule = (context) => {
  const x = context.tensor(0);
  const ranges = resolveSlice({
    shape: x.shape,
    starts: toNumbers(context.tensor(1)),
    ends: toNumbers(context.tensor(2)),
    axes: numbersAt(context, 3),
    steps: numbersAt(context, 4),
  });
  const strides = [...stridesOf(x.shape)];
  let offset = 0;
  for (const { axis, start, step } of ranges) {
    const stride = strides[axis] ?? 0;
    offset += start * stride;
    strides[axis] = stride * step;
  }
  return context.outputs.map(({ shape }) => pick(x, { shape, strides, offset }));
};

const concat: FoldRule = ({ node, inputs, tensor, outputs }) =>
  outputs.map(({ elementType, shape }) => {
    const axis = normalizeAxis(requiredInt(node, 'axis'), shape.length);
    const strides = stridesOf(shape);
    const data = emptyLike(tensor(0), elementCount(shape));
    let begin = 0;
    for (const index of inputs.keys()) {
      const part = tensor(index);
      place(part, data, { shape: part.shape, strides, offset: begin * (strides[axis] ?? 0) });
      begin += part.shape[axis] ?? 0;
    }
    return { elementType, shape, data };
  });

const split: FoldRule = ({ node, tensor, outputs }) => {
  const x = tensor(0);
  const axis = normalizeAxis(intAttribute(node, 'axis', 0), x.shape.length);
  const strides = stridesOf(x.shape);
  let begin = 0;
  return outputs.map(({ shape }) => {
    const offset = begin * (strides[axis] ?? 0);
    begin += shape[axis] ?? 0;
    return pick(x, { shape, strides, offset });
  });
};

/** Tile as an Expand: each axis n becomes [repeat, n] with stride 0 along the repeats. */
const tile: FoldRule = ({ tensor, outputs }) => {
  const [x, repeats] = [tensor(0), toNumbers(tensor(1))];
  const strides = stridesOf(x.shape);
  const layout = {
    shape: x.shape.flatMap((dimension, axis) => [repeats[axis] ?? 1, dimension]),
    strides: strides.flatMap((stride) => [0, stride]),
  };
  return outputs.map(({ shape }) => ({ ...pick(x, layout), shape }));
};

/** Where an index outside [0, n) comes from in each mode; undefined for the constant. */
const SOURCES: Readonly<Record<string, (index: number, n: number) => number>> = {
  edge: (index, n) => Math.min(Math.max(index, 0), n - 1),
  reflect: (index, n) => {
    const period = 2 * (n - 1) || 1;
    const wrapped = ((index % period) + period) % period;
    return wrapped < n ? wrapped : period - wrapped;
  },
  wrap: (index, n) => ((index % n) + n) % n,
};

const pad: FoldRule = (context) => {
  const x = context.tensor(0);
  const { begin } = padAmounts(context);
  const mode = stringAttribute(context.node, 'mode', 'constant');
  const source = SOURCES[mode];
  const strides = stridesOf(x.shape);
  return context.outputs.map(({ elementType, shape }) => {
    const data = emptyLike(x, elementCount(shape));
    const fill = context.constant(2)?.data[0];
    if (fill !== undefined && !source) data.fill(fill as never); // The shape rule checked that the types agree.
    const outer = stridesOf(shape);
    for (let index = 0; index < data.length; index += 1) {
      const from = positionInside({ index, shape, outer, begin, inner: x, strides, source });
      if (from !== undefined) data[index] = x.data[from] as never; // One type.
    }
    return { elementType, shape, data };
  });
};

interface PadPosition {
  readonly index: number;
  readonly shape: readonly number[];
  readonly outer: readonly number[];
  readonly begin: readonly number[];
  readonly inner: Tensor;
  readonly strides: readonly number[];
  readonly source: ((index: number, n: number) => number) | undefined;
}

function positionInside({
  index,
  shape,
  outer,
  begin,
  inner,
  strides,
  source,
}: PadPosition): number | undefined {
  let position = 0;
  for (const axis of shape.keys()) {
    const size = inner.shape[axis] ?? 0;
    const at = (Math.floor(index / (outer[axis] ?? 1)) % (shape[axis] ?? 1)) - (begin[axis] ?? 0);
    const from = at >= 0 && at < size ? at : source?.(at, size);
    if (from === undefined) return undefined;
    position += from * (strides[axis] ?? 0);
  }
  return position;
}

export const ARRANGEMENT = {
  Concat: concat,
  Expand: expand,
  Flatten: reshaped,
  Identity: reshaped,
  Pad: pad,
  Reshape: reshaped,
  Slice: slice,
  Split: split,
  Squeeze: reshaped,
  Tile: tile,
  Transpose: transpose,
  Unsqueeze: reshaped,
} as const satisfies Record<string, FoldRule>;
