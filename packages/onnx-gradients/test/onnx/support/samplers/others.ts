import { float, int, ints, string } from '../../../../src/onnx/builder.js';
import type { Attributes } from '../../../../src/onnx/graph.js';
import type { CREATION } from '../../../../src/onnx/shapes/creation.js';
import type { INDEXING } from '../../../../src/onnx/shapes/indexing.js';
import type { LINEAR } from '../../../../src/onnx/shapes/linear.js';
import type { NORMALIZATION } from '../../../../src/onnx/shapes/normalization.js';
import type { REDUCTION } from '../../../../src/onnx/shapes/reduction.js';
import type { RESAMPLING } from '../../../../src/onnx/shapes/resampling.js';
import { elementCount, float32, int64, type Shape } from '../../../../src/onnx/tensor.js';
import {
  anyAxis,
  broadcastable,
  floats,
  integers,
  positives,
  type Sampler,
  shapeOf,
  someAxes,
  vector,
} from '../node-sample.js';
import type { Random } from '../random.js';

const matMul: Sampler = (r) => {
  const [m, k, n] = [r.int(1, 4), r.int(1, 4), r.int(1, 4)];
  const form = r.int(0, 3);
  if (form === 0) return { inputs: [floats(r, [k]), floats(r, [...shapeOf(r, r.int(0, 2)), k, n])] };
  if (form === 1) return { inputs: [floats(r, [...shapeOf(r, r.int(0, 2)), m, k]), floats(r, [k])] };
  const [left = [], right = []] = broadcastable(r, 2);
  return { inputs: [floats(r, [...left, m, k]), floats(r, [...right, k, n])] };
};

const gemm: Sampler = (r) => {
  const [m, k, n] = [r.int(1, 4), r.int(1, 4), r.int(1, 4)];
  const [transA, transB] = [r.int(0, 1), r.int(0, 1)];
  const c = r.bool() ? r.pick([[n], [1, n], [m, 1], [m, n], []]) : undefined;
  return {
    inputs: [
      floats(r, transA ? [k, m] : [m, k]),
      floats(r, transB ? [n, k] : [k, n]),
      ...(c ? [floats(r, c)] : []),
    ],
    attributes: {
      transA: int(transA),
      transB: int(transB),
      ...(r.bool() && { alpha: float(0.5), beta: float(r.pick([-2, 0.25])) }),
    },
  };
};

/** Up to three terms of a few labels, some repeated, some summed; lengths of 1 where they may broadcast. */
const anyEinsum: Sampler = (r) => {
  const labels = [...'abcd'];
  const terms = Array.from({ length: r.int(1, 3) }, () =>
    Array.from({ length: r.int(1, 3) }, () => r.pick(labels)).join(''),
  );
  const sizes = new Map(labels.map((label) => [label, r.int(1, 4)]));
  const present = [...new Set(terms.join(''))];
  const result = present.filter(() => r.bool()).sort(() => (r.bool() ? 1 : -1));
  return {
    inputs: terms.map((term) =>
      floats(
        r,
        [...term].map((label) => sizes.get(label) ?? 1),
      ),
    ),
    attributes: { equation: string(`${terms.join(',')}->${result.join('')}`) },
  };
};

const EQUATIONS: readonly (readonly [string, ...string[]])[] = [
  ['ij,jk->ik', 'ij', 'jk'],
  ['bij,bkj->bik', 'bij', 'bkj'],
  ['...ij,...jk->...ik', 'abij', 'abjk'],
  ['...ij, jk -> ...ik', 'abij', 'jk'],
  ['bhid,bhjd->bhij', 'bhid', 'bhjd'],
  ['ij,jk', 'ij', 'jk'],
  ['ba,cb', 'ba', 'cb'],
  ['ij->ji', 'ij'],
  ['ijk->', 'ijk'],
  ['i,j->ij', 'i', 'j'],
  ['abc,acd,dbe->abe', 'abc', 'acd', 'dbe'],
];

const einsum: Sampler = (r) => {
  if (r.bool()) return anyEinsum(r);
  const [equation, ...terms] = r.pick(EQUATIONS);
  const sizes = new Map([...'abcdehijk'].map((label) => [label, r.int(1, 4)]));
  return {
    inputs: terms.map((term) =>
      floats(
        r,
        [...term].map((label) => sizes.get(label) ?? 1),
      ),
    ),
    attributes: { equation: string(equation) },
  };
};

const reduce: Sampler = (r) => {
  const shape = shapeOf(r, r.int(1, 4));
  const axes = r.bool() ? [vector(r.next() < 0.2 ? [] : someAxes(r, shape.length))] : [];
  return {
    inputs: [positives(r, shape), ...axes],
    attributes: {
      ...(r.bool() && { keepdims: int(r.int(0, 1)) }),
      ...(r.bool() && { noop_with_empty_axes: int(r.int(0, 1)) }),
    },
  };
};

const argument: Sampler = (r) => {
  const shape = shapeOf(r, r.int(1, 4));
  return {
    inputs: [floats(r, shape)],
    attributes: { axis: int(anyAxis(r, shape.length)), keepdims: int(r.int(0, 1)) },
  };
};

const indicesFor = (r: Random, shape: Shape, size: number) => integers(r, shape, -size, size - 1);

const elementIndices: (r: Random) => {
  readonly data: Shape;
  readonly indices: Shape;
  readonly axis: number;
} = (r) => {
  const data = shapeOf(r, r.int(1, 3), 2, 5);
  const axis = anyAxis(r, data.length);
  const positive = axis < 0 ? axis + data.length : axis;
  const indices = data.map((dimension, i) => (i === positive ? r.int(1, dimension) : r.int(1, dimension)));
  return { data, indices, axis };
};

/** Distinct rows of indices, so that scattering has one answer. */
function rows(shape: Shape, depth: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, row) => {
    let rest = row;
    return Array.from({ length: depth }, (__, i) => {
      const axis = depth - 1 - i;
      const at = rest % (shape[axis] ?? 1);
      rest = Math.floor(rest / (shape[axis] ?? 1));
      return at;
    }).reverse();
  }).flat();
}

const reduction = (r: Random): Attributes =>
  r.bool() ? { reduction: string(r.pick(['none', 'add', 'mul', 'max', 'min'])) } : {};

const scatterND: Sampler = (r) => {
  const shape = shapeOf(r, r.int(1, 3), 2, 4);
  const depth = r.int(1, shape.length);
  const count = r.int(1, elementCount(shape.slice(0, depth)));
  return {
    inputs: [
      floats(r, shape),
      int64([count, depth], rows(shape, depth, count)),
      floats(r, [count, ...shape.slice(depth)]),
    ],
    attributes: reduction(r),
  };
};

const gatherND: Sampler = (r) => {
  const batch = r.int(0, 1);
  const shape = shapeOf(r, r.int(2, 4), 2, 4);
  const depth = r.int(1, shape.length - batch);
  const middle = shapeOf(r, r.int(batch === 0 ? 0 : 1, 2), 1, 3);
  const indices = int64(
    [...shape.slice(0, batch), ...middle, depth],
    Array.from({ length: elementCount(shape.slice(0, batch)) * elementCount(middle) * depth }, () =>
      r.int(-2, 1),
    ),
  );
  return { inputs: [floats(r, shape), indices], attributes: { batch_dims: int(batch) } };
};

const ROUNDINGS = ['round_prefer_floor', 'round_prefer_ceil', 'floor', 'ceil'];

const resize: Sampler = (r) => {
  const shape = [r.int(1, 2), r.int(1, 3), r.int(3, 6), r.int(3, 6)];
  const mode = r.pick(['nearest', 'linear', 'cubic']);
  const x = floats(r, shape);
  const antialias = mode !== 'nearest' && r.next() < 0.25;
  const coordinates = [
    'half_pixel',
    'pytorch_half_pixel',
    'align_corners',
    'asymmetric',
    'half_pixel_symmetric',
  ];
  const attributes: Attributes = {
    mode: string(mode),
    ...(r.bool() && { coordinate_transformation_mode: string(r.pick(coordinates)) }),
    ...(mode === 'nearest' && r.bool() && { nearest_mode: string(r.pick(ROUNDINGS)) }),
    ...(mode === 'cubic' && r.bool() && { cubic_coeff_a: float(-0.5) }),
    ...(mode === 'cubic' && !antialias && r.bool() && { exclude_outside: int(1) }),
    ...(antialias && { antialias: int(1) }),
  };
  if (r.bool()) {
    const scales = float32([4], [1, 1, r.pick([0.6, 1.5, 2, 2.3]), r.pick([0.5, 1.3, 3])]);
    return { inputs: [x, undefined, scales], attributes };
  }
  if (r.bool()) {
    const sizes = vector([r.int(2, 9), r.int(2, 9)]);
    const policy = string(r.pick(['stretch', 'not_larger', 'not_smaller']));
    return {
      inputs: [x, undefined, undefined, sizes],
      attributes: { ...attributes, axes: ints([2, 3]), keep_aspect_ratio_policy: policy },
    };
  }
  return {
    inputs: [x, undefined, undefined, vector([...shape.slice(0, 2), r.int(2, 9), r.int(2, 9)])],
    attributes,
  };
};

const overAxis: Sampler = (r) => {
  const shape = shapeOf(r, r.int(1, 4));
  return { inputs: [floats(r, shape)], attributes: { axis: int(anyAxis(r, shape.length)) } };
};

const epsilon = (r: Random): Attributes => (r.bool() ? { epsilon: float(0.125) } : {});

const layerNormalization: Sampler = (r) => {
  const shape = shapeOf(r, r.int(1, 4), 2, 5);
  const axis = anyAxis(r, shape.length);
  const inner = shape.slice(axis);
  return {
    inputs: [floats(r, shape), floats(r, inner), ...(r.bool() ? [floats(r, inner)] : [])],
    attributes: { axis: int(axis), ...epsilon(r) },
    outputs: r.pick([1, 3]),
  };
};

/** Range in float32 and int64, upwards, downwards and empty. */
const range: Sampler = (r) => {
  const [start, limit, delta] = [r.int(-9, 9), r.int(-9, 9), r.pick([1, 2, 3, -1, -2])];
  const numbers = [start, limit, delta];
  return { inputs: numbers.map((value) => int64([], [value])) };
};

const vectorOf = (r: Random, length: number) => floats(r, [length]);

export const OTHER_SAMPLERS: Readonly<
  Record<
    | keyof typeof CREATION
    | keyof typeof INDEXING
    | keyof typeof LINEAR
    | keyof typeof NORMALIZATION
    | keyof typeof REDUCTION
    | keyof typeof RESAMPLING,
    Sampler
  >
> = {
  ArgMax: argument,
  ArgMin: argument,
  BatchNormalization: (r) => {
    const shape = shapeOf(r, r.int(2, 4));
    const channels = shape[1] ?? 1;
    return {
      inputs: [
        floats(r, shape),
        vectorOf(r, channels),
        vectorOf(r, channels),
        vectorOf(r, channels),
        positives(r, [channels]),
      ],
      attributes: epsilon(r),
    };
  },
  ConstantOfShape: (r) => ({
    inputs: [vector(shapeOf(r, r.int(0, 3), 0, 4))],
    ...(r.bool() && { attributes: { value: { kind: 'tensor', value: int64([1], [7]) } } }),
  }),
  CumSum: (r) => {
    const shape = shapeOf(r, r.int(1, 4));
    return {
      inputs: [floats(r, shape), int64([], [anyAxis(r, shape.length)])],
      attributes: { exclusive: int(r.int(0, 1)), reverse: int(r.int(0, 1)) },
    };
  },
  Dropout: (r) => ({ inputs: [floats(r, shapeOf(r, r.int(1, 3)))], outputs: r.int(1, 2) }),
  Einsum: einsum,
  Bernoulli: (r) => ({
    inputs: [float32([2, 3], new Array<number>(6).fill(r.next()))],
    attributes: { dtype: int(r.pick([1, 9])) },
  }),
  EyeLike: (r) => ({
    inputs: [floats(r, shapeOf(r, 2))],
    attributes: { k: int(r.int(-2, 2)), ...(r.bool() && { dtype: int(7) }) },
  }),
  Gather: (r) => {
    const shape = shapeOf(r, r.int(1, 4), 2, 5);
    const axis = anyAxis(r, shape.length);
    return {
      inputs: [floats(r, shape), indicesFor(r, shapeOf(r, r.int(0, 2)), shape.at(axis) ?? 1)],
      attributes: { axis: int(axis) },
    };
  },
  GatherElements: (r) => {
    const { data, indices, axis } = elementIndices(r);
    return {
      inputs: [floats(r, data), indicesFor(r, indices, data.at(axis) ?? 1)],
      attributes: { axis: int(axis) },
    };
  },
  GatherND: gatherND,
  Gemm: gemm,
  GridSample: (r) => {
    const [n, c, rank] = [r.int(1, 2), r.int(1, 3), r.int(2, 3)];
    const modes = ['bilinear', 'nearest', ...(rank === 2 ? ['bicubic'] : [])];
    return {
      inputs: [floats(r, [n, c, ...shapeOf(r, rank, 2, 5)]), floats(r, [n, ...shapeOf(r, rank, 1, 4), rank])],
      attributes: {
        mode: string(r.pick(modes)),
        ...(r.bool() && { padding_mode: string(r.pick(['zeros', 'border', 'reflection'])) }),
        ...(r.bool() && { align_corners: int(r.int(0, 1)) }),
      },
    };
  },
  Hardmax: overAxis,
  InstanceNormalization: (r) => {
    const shape = shapeOf(r, r.int(3, 4), 2, 5);
    const channels = shape[1] ?? 1;
    return {
      inputs: [floats(r, shape), vectorOf(r, channels), vectorOf(r, channels)],
      attributes: epsilon(r),
    };
  },
  LRN: (r) => ({
    inputs: [floats(r, shapeOf(r, 4))],
    attributes: {
      size: int(r.pick([1, 3, 5])),
      ...(r.bool() && { alpha: float(0.5), beta: float(0.6), bias: float(1.5) }),
    },
  }),
  LayerNormalization: layerNormalization,
  LogSoftmax: overAxis,
  LpNormalization: (r) => {
    const { inputs, attributes } = overAxis(r);
    return { inputs, attributes: { ...attributes, ...(r.bool() && { p: int(r.int(1, 2)) }) } };
  },
  MatMul: matMul,
  MeanVarianceNormalization: (r) => ({
    inputs: [floats(r, shapeOf(r, 4, 2, 4))],
    attributes: r.bool() ? { axes: ints(r.pick([[1, 2, 3], [0, 2, 3], [3], [0, 1, 2, 3]])) } : {},
  }),
  OneHot: (r) => {
    const shape = shapeOf(r, r.int(1, 3));
    const depth = r.int(2, 5);
    return {
      inputs: [
        integers(r, shape, -depth - 1, depth),
        int64([], [depth]),
        float32(
          [2],
          r.pick([
            [0, 1],
            [-1, 3],
          ]),
        ),
      ],
      attributes: { axis: int(r.int(-shape.length - 1, shape.length)) },
    };
  },
  RandomNormal: (r) => ({ inputs: [], attributes: { shape: ints(shapeOf(r, r.int(1, 3))) } }),
  RandomNormalLike: (r) => ({ inputs: [floats(r, shapeOf(r, r.int(0, 3)))] }),
  RandomUniform: (r) => ({
    inputs: [],
    attributes: { shape: ints(shapeOf(r, r.int(1, 3))), dtype: int(11) },
  }),
  RandomUniformLike: (r) => ({ inputs: [floats(r, shapeOf(r, r.int(0, 3)))], attributes: { dtype: int(1) } }),
  Range: range,
  ReduceL1: reduce,
  ReduceL2: reduce,
  ReduceLogSum: reduce,
  ReduceLogSumExp: reduce,
  ReduceMax: reduce,
  ReduceMean: reduce,
  ReduceMin: reduce,
  ReduceProd: reduce,
  ReduceSum: reduce,
  ReduceSumSquare: reduce,
  Resize: resize,
  ScatterElements: (r) => {
    const { data, indices, axis } = elementIndices(r);
    const along = indices.at(axis) ?? 1;
    const positive = axis < 0 ? axis + data.length : axis;
    const inner = elementCount(indices.slice(positive + 1));
    // The position along the axis is its own index, so no element is written twice.
    const own = Array.from({ length: elementCount(indices) }, (_, i) => Math.floor(i / inner) % along);
    return {
      inputs: [floats(r, data), int64(indices, own), floats(r, indices)],
      attributes: { axis: int(axis), ...reduction(r) },
    };
  },
  ScatterND: scatterND,
  Shape: (r) => ({
    inputs: [floats(r, shapeOf(r, r.int(0, 4)))],
    attributes: {
      ...(r.bool() && { start: int(r.int(-5, 5)) }),
      ...(r.bool() && { end: int(r.int(-5, 5)) }),
    },
  }),
  Size: (r) => ({ inputs: [floats(r, shapeOf(r, r.int(0, 4)))] }),
  Softmax: overAxis,
  TopK: (r) => {
    const shape = shapeOf(r, r.int(1, 4));
    const axis = anyAxis(r, shape.length);
    return {
      inputs: [floats(r, shape), vector([r.int(1, shape.at(axis) ?? 1)])],
      attributes: { axis: int(axis), ...(r.bool() && { largest: int(0) }) },
      outputs: 2,
    };
  },
  Trilu: (r) => ({
    inputs: [floats(r, shapeOf(r, r.int(2, 4))), ...(r.bool() ? [int64([], [r.int(-2, 2)])] : [])],
    attributes: { upper: int(r.int(0, 1)) },
  }),
};
