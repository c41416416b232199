import { int, string } from '../../../src/onnx/builder.js';
import { int64, type Shape } from '../../../src/onnx/tensor.js';
import type { Row } from '../support/check-gradient.js';
import { normal, positive } from '../support/random.js';

interface Gathering {
  readonly x: Shape;
  readonly indices: Shape;
  readonly values: readonly number[];
  readonly attributes?: { readonly axis?: number; readonly batch_dims?: number };
}

const gather = (opType: string, title: string, { x, indices, values, attributes = {} }: Gathering): Row => ({
  title: `${opType} ${title}`,
  inputs: { x: normal(...x) },
  build: (b, inputs) =>
    b.op(
      opType,
      [inputs['x'], b.constant(int64(indices, values))],
      Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, int(value)])),
    ),
});

/** Indices that are computed, so that nothing is known about them. */
const computed = (row: Row): Row => ({
  ...row,
  title: `${row.title}, computed`,
  build: (b, inputs) => {
    const build = (value: Parameters<typeof b.op>[1][number]) => b.op('Identity', [value]);
    return b.op('Gather', [inputs['x'], build(b.constant(int64([2], [1, 2])))]);
  },
});

const reductions = ['none', 'add', 'mul', 'max', 'min'];

const scatterElements = (reduction: string): Row => ({
  title: `ScatterElements, reduction ${reduction}`,
  step: 1e-5,
  inputs: { data: normal(4, 5), updates: reduction === 'mul' ? positive(2, 5) : normal(2, 5) },
  build: (b, { data, updates }) => {
    const distinct = [0, 1, -2, 3, 0, 2, 3, 0, 1, -3];
    const repeated = [0, 1, -2, 3, 0, 0, 1, 0, -1, -3];
    const places = b.constant(int64([2, 5], reduction === 'none' ? distinct : repeated));
    return b.op('ScatterElements', [data, places, updates], { axis: int(-2), reduction: string(reduction) });
  },
});

const scatterND = (reduction: string): Row => ({
  title: `ScatterND, reduction ${reduction}`,
  step: 1e-5,
  inputs: { data: normal(4, 3, 2), updates: reduction === 'mul' ? positive(3, 2) : normal(3, 2) },
  build: (b, { data, updates }) => {
    const places = b.constant(int64([3, 2], [0, 1, 3, -1, 2, 0]));
    return b.op('ScatterND', [data, places, updates], { reduction: string(reduction) });
  },
});

const trilu = (upper: number, k: number): Row => ({
  title: `Trilu, upper ${upper}, k ${k}`,
  inputs: { x: normal(2, 4, 5) },
  build: (b, { x }) => b.op('Trilu', [x, b.int64(k)], { upper: int(upper) }),
});

export const INDEXING_ROWS: readonly Row[] = [
  gather('Gather', 'with repeats and negative indices', {
    x: [5, 3],
    indices: [2, 2],
    values: [0, -1, 3, 0],
  }),
  gather('Gather', 'of a middle axis', {
    x: [2, 5, 3],
    indices: [4],
    values: [4, 1, 1, -5],
    attributes: { axis: 1 },
  }),
  gather('Gather', 'of one element', { x: [2, 5, 3], indices: [], values: [0], attributes: { axis: 1 } }),
  gather('Gather', 'of the last element', {
    x: [2, 5, 3],
    indices: [],
    values: [-1],
    attributes: { axis: -1 },
  }),
  gather('Gather', 'of a run', { x: [2, 5], indices: [3], values: [1, 2, 3], attributes: { axis: 1 } }),
  gather('Gather', 'of a run downwards', {
    x: [2, 5],
    indices: [3],
    values: [3, 2, 1],
    attributes: { axis: 1 },
  }),
  computed(gather('Gather', 'of a run', { x: [4, 3], indices: [2], values: [1, 2] })),
  gather('GatherElements', 'with repeats', {
    x: [3, 4],
    indices: [2, 3],
    values: [0, 0, -1, 3, 0, 2],
    attributes: { axis: 1 },
  }),
  gather('GatherElements', 'of the first axis', {
    x: [3, 2],
    indices: [4, 2],
    values: [0, 2, 1, 1, -1, 0, 0, 0],
  }),
  gather('GatherND', 'of elements', { x: [3, 4], indices: [3, 2], values: [0, 1, 2, -1, 0, 1] }),
  gather('GatherND', 'of rows', { x: [3, 4, 2], indices: [2, 2, 1], values: [0, 2, 2, -3] }),
  gather('GatherND', 'in batches', {
    x: [2, 3, 4, 2],
    indices: [2, 3, 1],
    values: [0, 0, 1, 2, -1, 1],
    attributes: { batch_dims: 1 },
  }),
  gather('GatherND', 'in batches of two axes', {
    x: [2, 3, 4],
    indices: [2, 3, 1],
    values: [0, 3, 1, 2, 1, 1],
    attributes: { batch_dims: 2 },
  }),
  ...reductions.map(scatterElements),
  ...reductions.map(scatterND),
  {
    title: 'OneHot by its values',
    type: 'float32',
    step: 1,
    inputs: { values: normal(2) },
    build: (b, { values }) =>
      b.op('OneHot', [b.constant(int64([3], [0, 2, -1])), b.constant(int64([], [4])), values], {
        axis: int(0),
      }),
  },
  {
    title: 'OneHot along a new last axis',
    type: 'float32',
    step: 1,
    inputs: { values: normal(2) },
    build: (b, { values }) =>
      b.op('OneHot', [b.constant(int64([2, 3], [0, 2, -1, 1, 1, 3])), b.constant(int64([], [4])), values]),
  },
  trilu(1, 0),
  trilu(0, 1),
  trilu(1, -1),
];
