import { intAttribute, stringAttribute } from '../attributes.js';
import { normalizeAxis } from '../axes.js';
import { elementCount, type Tensor, toNumbers } from '../tensor.js';
import { NotFoldable } from './not-foldable.js';
import type { FoldRule } from './rule.js';
import { emptyLike, stridesOf } from './strided.js';

/** An index counted from the front. */
function wrapped(index: number, size: number): number {
  const positive = index < 0 ? index + size : index;
  if (positive < 0 || positive >= size) throw new NotFoldable(`index ${index} of ${size}`);
  return positive;
}

const gather: FoldRule = ({ node, tensor, outputs }) => {
  const [x, indices] = [tensor(0), toNumbers(tensor(1))];
  const axis = normalizeAxis(intAttribute(node, 'axis', 0), x.shape.length);
  const size = x.shape[axis] ?? 0;
  const inner = elementCount(x.shape.slice(axis + 1));
  const outer = elementCount(x.shape.slice(0, axis));
  return outputs.map(({ elementType, shape }) => {
    const data = emptyLike(x, elementCount(shape));
    let at = 0;
    for (let block = 0; block < outer; block += 1) {
      for (const index of indices) {
        const begin = (block * size + wrapped(index, size)) * inner;
        data.set(x.data.subarray(begin, begin + inner) as never, at); // One type.
        at += inner;
      }
    }
    return { elementType, shape, data };
  });
};

const gatherElements: FoldRule = ({ node, tensor, outputs }) => {
  const [x, indices] = [tensor(0), tensor(1)];
  const axis = normalizeAxis(intAttribute(node, 'axis', 0), x.shape.length);
  const positions = elementPositions(x, indices, axis);
  return outputs.map(({ elementType, shape }) => {
    const data = emptyLike(x, positions.length);
    for (const [i, position] of positions.entries()) data[i] = x.data[position] as never; // One type.
    return { elementType, shape, data };
  });
};

/** For each element of `indices` the position in `x` that differs from its own only along the axis. */
function elementPositions(x: Tensor, indices: Tensor, axis: number): readonly number[] {
  const [strides, own] = [stridesOf(x.shape), stridesOf(indices.shape)];
  return toNumbers(indices).map((index, i) => {
    let position = 0;
    for (const [a, stride] of strides.entries()) {
      const at = Math.floor(i / (own[a] ?? 1)) % (indices.shape[a] ?? 1);
      position += stride * (a === axis ? wrapped(index, x.shape[axis] ?? 0) : at);
    }
    return position;
  });
}

/** Where each row of ND indices points: the flat position of its slice. */
function slicePositions(x: Tensor, indices: Tensor, batchDims: number) {
  const depth = indices.shape.at(-1) ?? 0;
  const strides = stridesOf(x.shape);
  const inner = elementCount(x.shape.slice(batchDims + depth));
  const numbers = toNumbers(indices);
  const rows = elementCount(indices.shape.slice(0, -1));
  const rowsPerBatch = rows / Math.max(1, elementCount(x.shape.slice(0, batchDims)));
  const batchStride = elementCount(x.shape.slice(batchDims));
  const positions = Array.from({ length: rows }, (_, row) => {
    let position = Math.floor(row / rowsPerBatch) * batchStride;
    for (let i = 0; i < depth; i += 1) {
      const axis = batchDims + i;
      position += wrapped(numbers[row * depth + i] ?? 0, x.shape[axis] ?? 0) * (strides[axis] ?? 0);
    }
    return position;
  });
  return { positions, inner };
}

const gatherND: FoldRule = ({ node, tensor, outputs }) => {
  const x = tensor(0);
  const { positions, inner } = slicePositions(x, tensor(1), intAttribute(node, 'batch_dims', 0));
  return outputs.map(({ elementType, shape }) => {
    const data = emptyLike(x, elementCount(shape));
    for (const [row, position] of positions.entries()) {
      data.set(x.data.subarray(position, position + inner) as never, row * inner); // One type.
    }
    return { elementType, shape, data };
  });
};

function refuseReduction(reduction: string): void {
  if (reduction !== 'none') throw new NotFoldable(`reduction ${reduction}`);
}

const scatterND: FoldRule = ({ node, tensor, outputs }) => {
  refuseReduction(stringAttribute(node, 'reduction', 'none'));
  const [x, updates] = [tensor(0), tensor(2)];
  const { positions, inner } = slicePositions(x, tensor(1), 0);
  return outputs.map(({ elementType, shape }) => {
    const data = x.data.slice();
    for (const [row, position] of positions.entries()) {
      data.set(updates.data.subarray(row * inner, (row + 1) * inner) as never, position); // One type.
    }
    return { elementType, shape, data };
  });
};

const scatterElements: FoldRule = ({ node, tensor, outputs }) => {
  refuseReduction(stringAttribute(node, 'reduction', 'none'));
  const [x, indices, updates] = [tensor(0), tensor(1), tensor(2)];
  const axis = normalizeAxis(intAttribute(node, 'axis', 0), x.shape.length);
  const positions = elementPositions(x, indices, axis);
  return outputs.map(({ elementType, shape }) => {
    const data = x.data.slice();
    for (const [i, position] of positions.entries()) data[position] = updates.data[i] as never; // One type.
    return { elementType, shape, data };
  });
};

const trilu: FoldRule = ({ node, constant, tensor, outputs }) => {
  const x = tensor(0);
  const isUpper = intAttribute(node, 'upper', 1) === 1;
  const k = Number(constant(1)?.data[0] ?? 0);
  const [rows, columns] = [x.shape.at(-2) ?? 1, x.shape.at(-1) ?? 1];
  return outputs.map(({ elementType, shape }) => {
    const data = emptyLike(x, x.data.length);
    for (let i = 0; i < data.length; i += 1) {
      const diagonal = (i % columns) - (Math.floor(i / columns) % rows);
      if (isUpper ? diagonal >= k : diagonal <= k) data[i] = x.data[i] as never; // One type.
    }
    return { elementType, shape, data };
  });
};

/** Indices out of range, and negative ones below −depth, light nothing. */
const oneHot: FoldRule = ({ node, tensor, outputs }) => {
  const [indices, depth, values] = [toNumbers(tensor(0)), toNumbers(tensor(1))[0] ?? 0, tensor(2)];
  return outputs.map(({ elementType, shape }) => {
    const axis = normalizeAxis(intAttribute(node, 'axis', -1), shape.length);
    const inner = elementCount(shape.slice(axis + 1));
    const data = emptyLike(values, elementCount(shape));
    data.fill((values.data[0] ?? 0) as never); // One type.
    for (const [i, index] of indices.entries()) {
      const at = index < 0 ? index + depth : index;
      if (!Number.isInteger(at) || at < 0 || at >= depth) continue;
      data[(Math.floor(i / inner) * depth + at) * inner + (i % inner)] = values.data[1] as never; // One type.
    }
    return { elementType, shape, data };
  });
};

export const INDEXING = {
  Gather: gather,
  GatherElements: gatherElements,
  GatherND: gatherND,
  OneHot: oneHot,
  ScatterElements: scatterElements,
  ScatterND: scatterND,
  Trilu: trilu,
} as const satisfies Record<string, FoldRule>;
