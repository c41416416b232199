import { intAttribute, intsAttribute, optionalInt, requiredInt, stringAttribute } from '../attributes.js';
import { normalizeAxes, normalizeAxis } from '../axes.js';
import { elementCount, type Shape } from '../tensor.js';
import { broadcastShapes } from './broadcast.js';
import {
  allOperands,
  brackets,
  constantNumbers,
  isGiven,
  operand,
  optionalNumbers,
  sameElementType,
} from './operands.js';
import type { ShapeContext, ShapeRule } from './rule.js';
import { resolveSlice } from './slice.js';

/** Reshape's target: 0 copies the input's dimension (unless `allowzero`), one −1 takes what remains. */
export function reshapedShape(shape: Shape, target: readonly number[], allowZero: boolean): Shape {
  const copied = target.map((dimension, axis) => {
    if (dimension !== 0 || allowZero) return dimension;
    const own = shape[axis];
    if (own === undefined) throw new Error(`Cannot copy axis ${axis} of ${brackets(shape)}.`);
    return own;
  });
  const count = elementCount(shape);
  const known = elementCount(copied.filter((dimension) => dimension !== -1));
  const wildcards = copied.filter((dimension) => dimension === -1).length;
  const fits = wildcards === 0 ? known === count : wildcards === 1 && known > 0 && count % known === 0;
  if (!fits || copied.some((dimension) => dimension < -1 || !Number.isInteger(dimension))) {
    throw new Error(`Cannot reshape ${brackets(shape)} to ${brackets(target)}.`);
  }
  return copied.map((dimension) => (dimension === -1 ? count / known : dimension));
}

const reshape: ShapeRule = (context) => {
  const { elementType, shape } = operand(context, 0);
  const target = constantNumbers(context, 1, 'shape');
  const allowZero = intAttribute(context.node, 'allowzero', 0) === 1;
  return [{ elementType, shape: reshapedShape(shape, target, allowZero) }];
};

const transpose: ShapeRule = (context) => {
  const { elementType, shape } = operand(context, 0);
  const axes = shape.map((_, axis) => axis);
  const perm = intsAttribute(context.node, 'perm') ?? axes.toReversed();
  if (brackets([...perm].sort((a, b) => a - b)) !== brackets(axes)) {
    throw new Error(`Expected \`perm\` to order ${axes.length} axes, got ${brackets(perm)}.`);
  }
  return [{ elementType, shape: perm.map((axis) => shape[axis] ?? 0) }];
};

const squeeze: ShapeRule = (context) => {
  const { elementType, shape } = operand(context, 0);
  const ones = shape.flatMap((dimension, axis) => (dimension === 1 ? [axis] : []));
  const axes = normalizeAxes(optionalNumbers(context, 1, 'axes') ?? ones, shape.length);
  const wrong = axes.find((axis) => shape[axis] !== 1);
  if (wrong !== undefined) throw new Error(`Cannot squeeze axis ${wrong} of ${brackets(shape)}.`);
  return [{ elementType, shape: shape.filter((_, axis) => !axes.includes(axis)) }];
};

const unsqueeze: ShapeRule = (context) => {
  const { elementType, shape } = operand(context, 0);
  const axes = constantNumbers(context, 1, 'axes');
  const output = [...shape];
  for (const axis of normalizeAxes(axes, shape.length + axes.length)) output.splice(axis, 0, 1);
  return [{ elementType, shape: output }];
};

const flatten: ShapeRule = (context) => {
  const { elementType, shape } = operand(context, 0);
  const axis = intAttribute(context.node, 'axis', 1);
  const split = axis === shape.length ? axis : normalizeAxis(axis, shape.length);
  return [{ elementType, shape: [elementCount(shape.slice(0, split)), elementCount(shape.slice(split))] }];
};

const concat: ShapeRule = (context) => {
  const types = allOperands(context);
  const { shape } = operand(context, 0);
  const axis = normalizeAxis(requiredInt(context.node, 'axis'), shape.length);
  const fits = types.every(
    (type) => type.shape.length === shape.length && type.shape.every((d, i) => i === axis || d === shape[i]),
  );
  if (!fits) {
    const shapes = types.map((type) => brackets(type.shape)).join(', ');
    throw new Error(`Shapes ${shapes} differ outside axis ${axis}.`);
  }
  const total = types.reduce((sum, type) => sum + (type.shape[axis] ?? 0), 0);
  return [{ elementType: sameElementType(types), shape: shape.with(axis, total) }];
};

/** The sizes of Split's parts: as stated, or equal ones rounded up with a smaller last (`num_outputs`). */
function splitSizes(context: ShapeContext, size: number): readonly number[] {
  const outputs = context.node.outputs.length;
  const count = optionalInt(context.node, 'num_outputs') ?? outputs;
  if (count !== outputs) throw new Error(`Expected ${count} outputs, got ${outputs}.`);
  const part = Math.ceil(size / count);
  const stated = optionalNumbers(context, 1, 'split');
  const sizes = stated ?? Array.from({ length: count }, (_, i) => (i < count - 1 ? part : size - part * i));
  const total = sizes.reduce((sum, value) => sum + value, 0);
  if (sizes.length !== outputs || total !== size || sizes.some((value) => value < 0)) {
    throw new Error(`Cannot split ${size} into ${brackets(sizes)} for ${outputs} output(s).`);
  }
  return sizes;
}

const split: ShapeRule = (context) => {
  const { elementType, shape } = operand(context, 0);
  const axis = normalizeAxis(intAttribute(context.node, 'axis', 0), shape.length);
  return splitSizes(context, shape[axis] ?? 0).map((size) => ({
    elementType,
    shape: shape.with(axis, size),
  }));
};

const slice: ShapeRule = (context) => {
  const { elementType, shape } = operand(context, 0);
  const ranges = resolveSlice({
    shape,
    starts: constantNumbers(context, 1, 'starts'),
    ends: constantNumbers(context, 2, 'ends'),
    axes: optionalNumbers(context, 3, 'axes'),
    steps: optionalNumbers(context, 4, 'steps'),
  });
  const output = [...shape];
  for (const { axis, count } of ranges) output[axis] = count;
  return [{ elementType, shape: output }];
};

/** Pad's amounts, one begin and one end an axis of the input (0 for axes it does not name). */
export function padAmounts(context: ShapeContext): {
  readonly begin: readonly number[];
  readonly end: readonly number[];
} {
  const { shape } = operand(context, 0);
  const pads = constantNumbers(context, 1, 'pads');
  const axes = (optionalNumbers(context, 3, 'axes') ?? [...shape.keys()]).map((axis) =>
    normalizeAxis(axis, shape.length),
  );
  if (pads.length !== 2 * axes.length)
    throw new Error(`Expected ${2 * axes.length} pads, got ${pads.length}.`);
  const [begin, end] = [shape.map(() => 0), shape.map(() => 0)];
  for (const [i, axis] of axes.entries()) {
    begin[axis] = pads[i] ?? 0;
    end[axis] = pads[i + axes.length] ?? 0;
  }
  return { begin, end };
}

const pad: ShapeRule = (context) => {
  const { elementType, shape } = operand(context, 0);
  const { begin, end } = padAmounts(context);
  const mode = stringAttribute(context.node, 'mode', 'constant');
  const output = shape.map((size, axis) => size + (begin[axis] ?? 0) + (end[axis] ?? 0));
  if (output.some((size) => size < 0))
    throw new Error(`The pads leave less than nothing of ${brackets(shape)}.`);
  if (isGiven(context, 2) && mode === 'constant') sameElementType([operand(context, 0), operand(context, 2)]);
  return [{ elementType, shape: output }];
};

const expand: ShapeRule = (context) => {
  const { elementType, shape } = operand(context, 0);
  return [{ elementType, shape: broadcastShapes([shape, constantNumbers(context, 1, 'shape')]) }];
};

const tile: ShapeRule = (context) => {
  const { elementType, shape } = operand(context, 0);
  const repeats = constantNumbers(context, 1, 'repeats');
  if (repeats.length !== shape.length) {
    throw new Error(`Expected ${shape.length} repeats, got ${repeats.length}.`);
  }
  return [{ elementType, shape: shape.map((dimension, axis) => dimension * (repeats[axis] ?? 1)) }];
};

function imageOf(context: ShapeContext) {
  const { elementType, shape } = operand(context, 0);
  const [n = 0, c = 0, h = 0, w = 0] = shape;
  if (shape.length !== 4) throw new Error(`Expected [n, c, h, w], got ${brackets(shape)}.`);
  const block = requiredInt(context.node, 'blocksize');
  return { elementType, n, c, h, w, block };
}

const depthToSpace: ShapeRule = (context) => {
  const { elementType, n, c, h, w, block } = imageOf(context);
  if (c % block ** 2 !== 0) throw new Error(`${c} channels do not divide into blocks of ${block}².`);
  return [{ elementType, shape: [n, c / block ** 2, h * block, w * block] }];
};

const spaceToDepth: ShapeRule = (context) => {
  const { elementType, n, c, h, w, block } = imageOf(context);
  if (h % block !== 0 || w % block !== 0)
    throw new Error(`${h}×${w} does not divide into blocks of ${block}².`);
  return [{ elementType, shape: [n, c * block ** 2, h / block, w / block] }];
};

export const ARRANGEMENT = {
  Concat: concat,
  DepthToSpace: depthToSpace,
  Expand: expand,
  Flatten: flatten,
  Pad: pad,
  Reshape: reshape,
  Slice: slice,
  SpaceToDepth: spaceToDepth,
  Split: split,
  Squeeze: squeeze,
  Tile: tile,
  Transpose: transpose,
  Unsqueeze: unsqueeze,
} as const satisfies Record<string, ShapeRule>;
