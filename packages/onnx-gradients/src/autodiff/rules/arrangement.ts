import { intAttribute, intsAttribute, requiredInt, stringAttribute } from '../../onnx/attributes.js';
import { normalizeAxis } from '../../onnx/axes.js';
import type { GraphBuilder, Value } from '../../onnx/builder.js';
import * as ops from '../../onnx/ops.js';
import { constantNumbers, optionalNumbers } from '../../onnx/shapes/operands.js';
import { resolveSlice } from '../../onnx/shapes/slice.js';
import {
  concat,
  dimension,
  inverse,
  pad,
  reshape,
  reverse,
  slice,
  spread,
  sumOver,
  transpose,
  upTo,
  zeros,
} from '../emit.js';
import { cheap, type Entries, gradient, view } from '../entry.js';
import { gradientOf, inputAt, type Rule } from '../rule.js';
import { padding } from './padding.js';

/** Whatever only renames axes: the same elements in the input's shape. */
const sameElements: Rule = (d) => [reshape(d.builder, gradientOf(d), inputAt(d, 0).type.shape)];

const transposed: Rule = (d) => {
  const rank = inputAt(d, 0).type.shape.length;
  const permutation = intsAttribute(d.node, 'perm') ?? upTo(rank).reverse();
  return [transpose(d.builder, gradientOf(d), inverse(permutation))];
};

const concatenated: Rule = (d) => {
  const g = gradientOf(d);
  const axis = normalizeAxis(requiredInt(d.node, 'axis'), g.type.shape.length);
  let start = 0;
  return d.inputs.map((_, index) => {
    const end = start + dimension(inputAt(d, index), axis);
    const part = d.wanted[index] ? slice(d.builder, g, [{ axis, start, end }]) : undefined;
    start = end;
    return part;
  });
};

/** Parts without a gradient are zeros: a margin at the ends, a block between others. */
const split: Rule = (d) => {
  const x = inputAt(d, 0);
  const axis = normalizeAxis(intAttribute(d.node, 'axis', 0), x.type.shape.length);
  const lengths = d.outputs.map((_, index) => {
    const output = d.outputs[index];
    if (!output) throw new Error(`output ${index} is missing`);
    return dimension(output, axis);
  });
  const first = d.outputGradients.findIndex(Boolean);
  const last = d.outputGradients.findLastIndex(Boolean);
  const parts = d.outputGradients
    .slice(first, last + 1)
    .map((part, index) => part ?? zeros(d.builder, x, x.type.shape.with(axis, lengths[first + index] ?? 0)));
  const total = (sizes: readonly number[]) => sizes.reduce((sum, size) => sum + size, 0);
  const margin = { axis, before: total(lengths.slice(0, first)), after: total(lengths.slice(last + 1)) };
  return [pad(d.builder, concat(d.builder, parts, axis), [margin])];
};

/**
 * Element i of the output is element start + i·step of the input. Steps are undone by zeros between neighbours, a
 * negative step by reading backwards, the start and the end by margins.
 */
const sliced: Rule = (d) => {
  const { builder: b, shapes } = d;
  const { shape } = inputAt(d, 0).type;
  const ranges = resolveSlice({
    shape,
    starts: constantNumbers(shapes, 1, 'starts'),
    ends: constantNumbers(shapes, 2, 'ends'),
    axes: optionalNumbers(shapes, 3, 'axes'),
    steps: optionalNumbers(shapes, 4, 'steps'),
  });
  const backwards = ranges.filter(({ step }) => step < 0).map(({ axis }) => axis);
  let g = reverse(b, gradientOf(d), backwards);
  const margins = ranges.map(({ axis, start, step, count }) => {
    const stride = count > 1 ? Math.abs(step) : 1;
    g = spread(b, g, axis, stride);
    const before = start + Math.min(0, Math.max(0, count - 1) * step);
    return { axis, before, after: (shape[axis] ?? 0) - before - count * stride };
  });
  return [pad(b, g, margins)];
};

/** Each axis as (repeats, length), summed over the repeats. */
const tiled: Rule = (d) => {
  const { shape } = inputAt(d, 0).type;
  const repeats = constantNumbers(d.shapes, 1, 'repeats');
  const split = shape.flatMap((length, axis) => [repeats[axis] ?? 1, length]);
  const blocks = reshape(d.builder, gradientOf(d), split);
  const total = sumOver(
    d.builder,
    blocks,
    upTo(shape.length).map((axis) => 2 * axis),
  );
  return [reshape(d.builder, total, shape)];
};

/** SpaceToDepth undoes DCR; CRD keeps a channel's block together, so the block axes move behind it. */
const depthToSpace: Rule = (d) => {
  const block = requiredInt(d.node, 'blocksize');
  const { shape } = inputAt(d, 0).type;
  if (stringAttribute(d.node, 'mode', 'DCR') === 'DCR')
    return [ops.spaceToDepth(d.builder, gradientOf(d), block)];
  return [blocksToChannels(d.builder, gradientOf(d), { shape, block })];
};

function blocksToChannels(
  b: GraphBuilder,
  g: Value,
  { shape, block }: { readonly shape: readonly number[]; readonly block: number },
): Value {
  const [n = 1, c = 1, h = 1, w = 1] = shape;
  const grid = ops.reshape(b, g, [n, c / block ** 2, h, block, w, block]);
  return ops.reshape(b, ops.transpose(b, grid, [0, 1, 3, 5, 2, 4]), shape);
}

/** Operators that move elements about: their gradients move them back. */
export const ARRANGEMENT = {
  Concat: gradient(concatenated, 'the slices of g'),
  DepthToSpace: gradient(depthToSpace, 'SpaceToDepth of g', 'modes DCR and CRD'),
  Expand: gradient((d) => [gradientOf(d)], 'g summed over the repeated axes'),
  Flatten: view(sameElements, 'g reshaped'),
  Pad: gradient(
    padding,
    'g cropped; edge, reflect, wrap: margins folded back; constant_value: Σ g of the margins',
    'pads constant; negative ones cut before the others copy',
  ),
  Reshape: view(sameElements, 'g reshaped'),
  Slice: gradient(
    sliced,
    'g at the places it was taken from, zeros elsewhere',
    'starts, ends, axes, steps constant',
  ),
  SpaceToDepth: gradient(
    (d) => [ops.depthToSpace(d.builder, gradientOf(d), requiredInt(d.node, 'blocksize'))],
    'DepthToSpace of g',
  ),
  Split: gradient(split, 'Concat of the gradients, zeros where a part has none'),
  Squeeze: view(sameElements, 'g reshaped'),
  Tile: gradient(tiled, 'g summed over the repeats'),
  Transpose: cheap(transposed, 'g transposed back'),
  Unsqueeze: view(sameElements, 'g reshaped'),
} as const satisfies Entries;
