import { intsAttribute, stringAttribute } from '../attributes.js';
import { normalizeAxis } from '../axes.js';
import type { Shape } from '../tensor.js';
import { brackets, operand, optionalNumbers, sameElementType } from './operands.js';
import type { ShapeContext, ShapeRule } from './rule.js';

/** What a Resize does to each axis of its input. */
export interface ResizeGeometry {
  readonly output: Shape;
  /** output / input as the formulas of the specification use it: as stated, or from the sizes. */
  readonly scales: readonly number[];
}

/** Sizes that keep the aspect ratio: one scale for all axes, the smallest or the largest of those asked for. */
function keptAspect(policy: string, dimensions: readonly number[], sizes: readonly number[]) {
  if (policy === 'stretch') return undefined;
  const ratios = sizes.map((size, i) => size / (dimensions[i] ?? 1));
  return policy === 'not_larger' ? Math.min(...ratios) : Math.max(...ratios);
}

/**
 * Whether shape inference takes a scaled length for another than it is: ONNX Runtime's kernel multiplies as float32, its
 * inference as float64 (10 · 1.3 is 13, or 12).
 */
export const isMisjudged = (length: number, scale: number): boolean =>
  Math.floor(length * Math.fround(scale)) !== Math.floor(Math.fround(length * Math.fround(scale)));

/**
 * Output shape and scales of a Resize at opset 18: ⌊input · scale⌋ as a float32, as ONNX Runtime and PyTorch floor it, or
 * the sizes asked for.
 *
 * @throws when neither or both of `scales` and `sizes` are given, or they are not constant.
 */
export function resizeGeometry(context: ShapeContext): ResizeGeometry {
  const { shape } = operand(context, 0);
  const axes = (intsAttribute(context.node, 'axes') ?? [...shape.keys()]).map((axis) =>
    normalizeAxis(axis, shape.length),
  );
  const given = (index: number, name: string) => {
    const numbers = optionalNumbers(context, index, name);
    return numbers && numbers.length > 0 ? numbers : undefined;
  };
  const [stated, sizes] = [given(2, 'scales'), given(3, 'sizes')];
  const numbers = stated ?? sizes;
  if (!numbers || (stated && sizes)) throw new Error('Expected either `scales` or `sizes`.');
  if (numbers.length !== axes.length) {
    throw new Error(`Expected one number for each of ${axes.length} axes, got ${numbers.length}.`);
  }
  if (numbers.some((value) => !(value > 0)))
    throw new Error(`Expected positive numbers, got ${brackets(numbers)}.`);
  const [output, scales] = [[...shape], shape.map(() => 1)];
  const policy = stringAttribute(context.node, 'keep_aspect_ratio_policy', 'stretch');
  const dimensions = axes.map((axis) => shape[axis] ?? 1);
  const common = stated ? undefined : keptAspect(policy, dimensions, numbers);
  for (const [i, axis] of axes.entries()) {
    const [from, value] = [shape[axis] ?? 1, numbers[i] ?? 1];
    const size = common === undefined ? value : Math.floor(common * from + 0.5);
    output[axis] = stated ? Math.floor(Math.fround(from * value)) : size;
    scales[axis] = stated ? value : (common ?? size / from);
  }
  return { output, scales };
}

const resize: ShapeRule = (context) => [
  { elementType: operand(context, 0).elementType, shape: resizeGeometry(context).output },
];

/** x [n, c, d…] sampled at grid [n, o…, rank] → [n, c, o…]. */
const gridSample: ShapeRule = (context) => {
  const [x, grid] = [operand(context, 0), operand(context, 1)];
  const [n = 0, c = 0] = x.shape;
  const fits =
    x.shape.length >= 3 &&
    grid.shape.length === x.shape.length &&
    grid.shape[0] === n &&
    grid.shape.at(-1) === x.shape.length - 2;
  if (!fits) throw new Error(`Grid ${brackets(grid.shape)} does not fit input ${brackets(x.shape)}.`);
  return [{ elementType: sameElementType([x, grid]), shape: [n, c, ...grid.shape.slice(1, -1)] }];
};

export const RESAMPLING = { GridSample: gridSample, Resize: resize } as const satisfies Record<
  string,
  ShapeRule
>;
