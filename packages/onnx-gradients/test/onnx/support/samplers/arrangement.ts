import { int, ints, string } from '../../../../src/onnx/builder.js';
import type { ARRANGEMENT } from '../../../../src/onnx/shapes/arrangement.js';
import { elementCount, float32, type Shape, type Tensor } from '../../../../src/onnx/tensor.js';
import {
  anyAxis,
  floats,
  integers,
  permutation,
  type Sampler,
  shapeOf,
  someAxes,
  vector,
} from '../node-sample.js';
import type { Random } from '../random.js';

/** Movement operators take every type: half of the time int64. */
const anything = (r: Random, shape: Shape): Tensor =>
  r.bool() ? floats(r, shape) : integers(r, shape, -9, 9);

/** A random factorisation of a shape's elements, with a −1 or a copied 0 now and then. */
function target(r: Random, shape: Shape): number[] {
  const merged = shape.length > 1 ? [elementCount(shape.slice(0, 2)), ...shape.slice(2)] : [...shape, 1];
  const result = r.bool() ? merged : [...shape].reverse();
  if (result.length > 0 && r.bool()) result[r.int(0, result.length - 1)] = -1;
  const [first] = shape;
  if (result[0] === first && result.length > 0 && first !== undefined && r.bool()) result[0] = 0;
  return result;
}

const squeeze: Sampler = (r) => {
  const shape = shapeOf(r, r.int(1, 4), 1, 2);
  const ones = shape.flatMap((dimension, axis) =>
    dimension === 1 ? [r.bool() ? axis : axis - shape.length] : [],
  );
  const axes = ones.slice(0, r.int(0, ones.length));
  return { inputs: [anything(r, shape), ...(axes.length > 0 ? [vector(axes)] : [])] };
};

const unsqueeze: Sampler = (r) => {
  const shape = shapeOf(r, r.int(0, 3));
  const added = r.int(1, 2);
  const axes = someAxes(r, shape.length + added, added).slice(0, added);
  return { inputs: [anything(r, shape), vector(axes)] };
};

const split: Sampler = (r) => {
  const shape = shapeOf(r, r.int(1, 3), 2, 7);
  const axis = anyAxis(r, shape.length);
  const size = shape.at(axis) ?? 1;
  if (r.bool()) {
    const outputs = r.int(2, Math.min(3, size));
    // ONNX Runtime wants no empty part: 4 in 3 would be 2, 2, 0.
    if (Math.ceil(size / outputs) * (outputs - 1) < size) {
      return {
        inputs: [anything(r, shape)],
        attributes: { axis: int(axis), num_outputs: int(outputs) },
        outputs,
      };
    }
  }
  const first = r.int(0, size);
  return {
    inputs: [anything(r, shape), vector([first, size - first])],
    attributes: { axis: int(axis) },
    outputs: 2,
  };
};

const slice: Sampler = (r) => {
  const shape = shapeOf(r, r.int(1, 4), 1, 7);
  const axes = someAxes(r, shape.length);
  const bound = () => r.pick([r.int(-9, 9), r.int(-3, 7), Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER]);
  const starts = axes.map(() => r.int(-9, 9));
  const ends = axes.map(bound);
  const steps = axes.map(() => r.pick([1, 1, 2, 3, -1, -2]));
  const x = anything(r, shape);
  const inOrder = r.next() < 0.2;
  if (inOrder) return { inputs: [x, vector(starts), vector(ends)] };
  return { inputs: [x, vector(starts), vector(ends), vector(axes), ...(r.bool() ? [vector(steps)] : [])] };
};

const pad: Sampler = (r) => {
  const mode = r.pick(['constant', 'reflect', 'edge']);
  const shape = shapeOf(r, r.int(1, 4), 4, 6);
  const axes = r.bool() ? someAxes(r, shape.length) : undefined;
  const count = 2 * (axes?.length ?? shape.length);
  const low = mode === 'constant' ? -1 : 0;
  const pads = Array.from({ length: count }, () => r.int(low, 3));
  const value = mode === 'constant' && r.bool() ? float32([], [1.5]) : undefined;
  const tail = axes ? [value, vector(axes)] : value ? [value] : [];
  return { inputs: [floats(r, shape), vector(pads), ...tail], attributes: { mode: string(mode) } };
};

export const ARRANGEMENT_SAMPLERS: Readonly<Record<keyof typeof ARRANGEMENT, Sampler>> = {
  Concat: (r) => {
    const shape = shapeOf(r, r.int(1, 4));
    const axis = anyAxis(r, shape.length);
    const make = r.bool() ? floats : anything;
    const isFloat = make === floats;
    const parts = Array.from({ length: r.int(1, 3) }, () => {
      const own = shape.with(axis, r.int(0, 4));
      return isFloat ? floats(r, own) : integers(r, own, -9, 9);
    });
    return { inputs: parts, attributes: { axis: int(axis) } };
  },
  DepthToSpace: (r) => {
    const block = r.int(1, 3);
    const shape = [r.int(1, 2), r.int(1, 3) * block ** 2, r.int(1, 3), r.int(1, 3)];
    return {
      inputs: [floats(r, shape)],
      attributes: { blocksize: int(block), mode: string(r.pick(['DCR', 'CRD'])) },
    };
  },
  Expand: (r) => {
    const full = shapeOf(r, r.int(1, 4));
    const own = full.slice(r.int(0, full.length)).map((dimension) => (r.bool() ? 1 : dimension));
    const asked = full.map((dimension, axis) =>
      own[axis - full.length + own.length] === dimension && r.bool() ? 1 : dimension,
    );
    return { inputs: [anything(r, own), vector(asked)] };
  },
  Flatten: (r) => {
    const shape = shapeOf(r, r.int(1, 4));
    return { inputs: [anything(r, shape)], attributes: { axis: int(r.int(-shape.length, shape.length)) } };
  },
  Pad: pad,
  Reshape: (r) => {
    const shape = shapeOf(r, r.int(1, 4));
    return { inputs: [anything(r, shape), vector(target(r, shape))] };
  },
  Slice: slice,
  SpaceToDepth: (r) => {
    const block = r.int(1, 3);
    return {
      inputs: [floats(r, [r.int(1, 2), r.int(1, 3), r.int(1, 3) * block, r.int(1, 3) * block])],
      attributes: { blocksize: int(block) },
    };
  },
  Split: split,
  Squeeze: squeeze,
  Tile: (r) => {
    const shape = shapeOf(r, r.int(1, 4), 1, 3);
    return { inputs: [anything(r, shape), vector(shape.map(() => r.int(0, 3)))] };
  },
  Transpose: (r) => {
    const shape = shapeOf(r, r.int(0, 5));
    const stated = r.next() < 0.8 && shape.length > 0;
    return {
      inputs: [anything(r, shape)],
      ...(stated && { attributes: { perm: ints(permutation(r, shape.length)) } }),
    };
  },
  Unsqueeze: unsqueeze,
};
