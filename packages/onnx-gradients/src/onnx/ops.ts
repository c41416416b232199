/**
 * One function an operator of the working opset: values in, value out, type-checked by the shape rules. Axes, shapes
 * and bounds are plain numbers; they become constants where the opset wants operands. Sorted by family.
 */
import { type EmitOptions, float, type GraphBuilder, int, ints, string, type Value } from './builder.js';
import { ELEMENT_TYPE_NUMBERS, type ElementType } from './element-type.js';
import type { Attributes } from './graph.js';
import { statedShape } from './stated-shape.js';

export type Unary = (b: GraphBuilder, x: Value) => Value;
export type Binary = (b: GraphBuilder, x: Value, y: Value) => Value;
export type Variadic = (b: GraphBuilder, xs: readonly Value[]) => Value;
export type Reduce = (
  b: GraphBuilder,
  x: Value,
  axes: readonly number[] | undefined,
  keepDims?: boolean,
) => Value;

const unary =
  (opType: string): Unary =>
  (b, x) =>
    b.op(opType, [x]);
const binary =
  (opType: string): Binary =>
  (b, x, y) =>
    b.op(opType, [x, y]);
const variadic =
  (opType: string): Variadic =>
  (b, xs) =>
    b.op(opType, xs);
/**
 * Axes undefined: all of them. Over no axes (a scalar, say) the reduction is what it does to one element: opset 18
 * leaves open whether `noop_with_empty_axes` still squares.
 */
const reduction =
  (opType: string, ofOne: Unary = (_, x) => x): Reduce =>
  (b, x, axes = [...x.type.shape.keys()], keepDims = true) =>
    axes.length === 0 ? ofOne(b, x) : b.op(opType, [x, b.int64s(axes)], { keepdims: int(Number(keepDims)) });

/** Emits a node that has several outputs. */
const several = (b: GraphBuilder, options: EmitOptions): readonly Value[] => b.emit(options);

// Arithmetic
export const add = binary('Add');
export const sub = binary('Sub');
export const mul = binary('Mul');
export const div = binary('Div');
export const pow = binary('Pow');
export const mod = (b: GraphBuilder, x: Value, y: Value, fmod = false) =>
  b.op('Mod', [x, y], { fmod: int(Number(fmod)) });
export const min = variadic('Min');
export const max = variadic('Max');
export const sum = variadic('Sum');
export const mean = variadic('Mean');
export const neg = unary('Neg');
export const abs = unary('Abs');
export const sign = unary('Sign');
export const reciprocal = unary('Reciprocal');
export const sqrt = unary('Sqrt');
export const exp = unary('Exp');
export const log = unary('Log');
export const sin = unary('Sin');
export const cos = unary('Cos');
export const tan = unary('Tan');
export const asin = unary('Asin');
export const acos = unary('Acos');
export const atan = unary('Atan');
export const sinh = unary('Sinh');
export const cosh = unary('Cosh');
export const tanh = unary('Tanh');
export const erf = unary('Erf');
export const floor = unary('Floor');
export const ceil = unary('Ceil');
export const round = unary('Round');
/** Bounds are scalars; undefined leaves a side open. */
export const clip = (b: GraphBuilder, x: Value, low: Value | undefined, high: Value | undefined) =>
  b.op('Clip', [x, low, high]);

// Activations
export const relu = unary('Relu');
export const sigmoid = unary('Sigmoid');
export const softplus = unary('Softplus');
export const hardSwish = unary('HardSwish');
export const mish = unary('Mish');
export const leakyRelu = (b: GraphBuilder, x: Value, alpha = 0.01) =>
  b.op('LeakyRelu', [x], { alpha: float(alpha) });
export const elu = (b: GraphBuilder, x: Value, alpha = 1) => b.op('Elu', [x], { alpha: float(alpha) });
export const hardSigmoid = (b: GraphBuilder, x: Value, alpha = 0.2, beta = 0.5) =>
  b.op('HardSigmoid', [x], { alpha: float(alpha), beta: float(beta) });

// Comparison, logic, choice
export const equal = binary('Equal');
export const less = binary('Less');
export const lessOrEqual = binary('LessOrEqual');
export const greater = binary('Greater');
export const greaterOrEqual = binary('GreaterOrEqual');
export const and = binary('And');
export const or = binary('Or');
export const xor = binary('Xor');
export const not = unary('Not');
export const testNaN = unary('IsNaN');
export const where = (b: GraphBuilder, condition: Value, x: Value, y: Value) =>
  b.op('Where', [condition, x, y]);

// Types
export const identity = unary('Identity');
/** The value itself where it has this type already. */
export const cast = (b: GraphBuilder, x: Value, to: ElementType) =>
  x.type.elementType === to ? x : b.op('Cast', [x], { to: int(ELEMENT_TYPE_NUMBERS[to]) });

// Linear algebra
export const matMul = binary('MatMul');
export const gemm = (b: GraphBuilder, inputs: readonly (Value | undefined)[], options: GemmOptions = {}) =>
  b.op('Gemm', inputs, {
    alpha: float(options.alpha ?? 1),
    beta: float(options.beta ?? 1),
    transA: int(Number(options.transA ?? false)),
    transB: int(Number(options.transB ?? false)),
  });
export interface GemmOptions {
  readonly alpha?: number;
  readonly beta?: number;
  readonly transA?: boolean;
  readonly transB?: boolean;
}
export const einsum = (b: GraphBuilder, equation: string, xs: readonly Value[]) =>
  b.op('Einsum', xs, { equation: string(equation) });

// Windows
export interface WindowOptions {
  readonly strides?: readonly number[];
  /** All begins, then all ends. */
  readonly pads?: readonly number[];
  readonly dilations?: readonly number[];
}
export interface ConvOptions extends WindowOptions {
  readonly bias?: Value;
  readonly group?: number;
}
export interface ConvTransposeOptions extends ConvOptions {
  readonly outputPadding?: readonly number[];
}
export interface PoolOptions extends WindowOptions {
  readonly kernel: readonly number[];
  readonly ceilMode?: boolean;
}
const windowAttributes = ({ strides, pads, dilations }: WindowOptions): Attributes => ({
  ...(strides && { strides: ints(strides) }),
  ...(pads && { pads: ints(pads) }),
  ...(dilations && { dilations: ints(dilations) }),
});
/** x [n, c, …] with w [m, c / group, …] → [n, m, …]. */
export const conv = (
  b: GraphBuilder,
  x: Value,
  w: Value,
  { bias, group = 1, ...options }: ConvOptions = {},
) =>
  b.op('Conv', [x, w, ...(bias ? [bias] : [])], {
    ...windowAttributes(options),
    group: int(group),
    kernel_shape: ints(w.type.shape.slice(2)),
  });
/** x [n, c, …] with w [c, m / group, …] → [n, m, …]. */
export const convTranspose = (b: GraphBuilder, x: Value, w: Value, options: ConvTransposeOptions = {}) =>
  b.op('ConvTranspose', [x, w, ...(options.bias ? [options.bias] : [])], {
    ...windowAttributes(options),
    group: int(options.group ?? 1),
    kernel_shape: ints(w.type.shape.slice(2)),
    ...(options.outputPadding && { output_padding: ints(options.outputPadding) }),
  });
const poolAttributes = ({ kernel, ceilMode = false, ...options }: PoolOptions): Attributes => ({
  ...windowAttributes(options),
  kernel_shape: ints(kernel),
  ceil_mode: int(Number(ceilMode)),
});
export const averagePool = (
  b: GraphBuilder,
  x: Value,
  options: PoolOptions & { countIncludePad?: boolean },
) => {
  const { countIncludePad = false, ...window } = options;
  return b.op('AveragePool', [x], {
    ...poolAttributes(window),
    count_include_pad: int(Number(countIncludePad)),
  });
};
export const maxPool = (b: GraphBuilder, x: Value, options: PoolOptions) =>
  b.op('MaxPool', [x], poolAttributes(options));
/** The maxima and their positions in the flattened input, int64. */
export const maxPoolWithIndices = (b: GraphBuilder, x: Value, options: PoolOptions) =>
  several(b, { opType: 'MaxPool', inputs: [x], attributes: poolAttributes(options), outputs: 2 });
export const globalAveragePool = unary('GlobalAveragePool');
export const globalMaxPool = unary('GlobalMaxPool');

// Reductions
export const reduceSum = reduction('ReduceSum');
export const reduceMean = reduction('ReduceMean');
export const reduceMax = reduction('ReduceMax');
export const reduceMin = reduction('ReduceMin');
export const reduceProd = reduction('ReduceProd');
export const reduceL1 = reduction('ReduceL1', abs);
export const reduceL2 = reduction('ReduceL2', abs);
export const reduceSumSquare = reduction('ReduceSumSquare', (b, x) => mul(b, x, x));
export const reduceLogSumExp = reduction('ReduceLogSumExp');
const argument =
  (opType: string) =>
  (b: GraphBuilder, x: Value, axis: number, keepDims = true) =>
    b.op(opType, [x], { axis: int(axis), keepdims: int(Number(keepDims)) });
export const argMin = argument('ArgMin');
export const argMax = argument('ArgMax');
export const cumSum = (
  b: GraphBuilder,
  x: Value,
  axis: number,
  options: { readonly exclusive?: boolean; readonly reverse?: boolean } = {},
) =>
  b.op('CumSum', [x, b.int64s([axis])], {
    exclusive: int(Number(options.exclusive ?? false)),
    reverse: int(Number(options.reverse ?? false)),
  });
/** The k largest (or smallest) along an axis and their positions, int64. */
export const topK = (b: GraphBuilder, x: Value, k: number, { axis = -1, largest = true } = {}) =>
  several(b, {
    opType: 'TopK',
    inputs: [x, b.int64s([k])],
    attributes: { axis: int(axis), largest: int(Number(largest)) },
    outputs: 2,
  });

// Normalisation
export const softmax = (b: GraphBuilder, x: Value, axis = -1) => b.op('Softmax', [x], { axis: int(axis) });
export const logSoftmax = (b: GraphBuilder, x: Value, axis = -1) =>
  b.op('LogSoftmax', [x], { axis: int(axis) });
export const layerNormalization = (
  b: GraphBuilder,
  inputs: readonly Value[],
  { axis = -1, epsilon = 1e-5 } = {},
) => b.op('LayerNormalization', inputs, { axis: int(axis), epsilon: float(epsilon) });
export const instanceNormalization = (b: GraphBuilder, inputs: readonly Value[], epsilon = 1e-5) =>
  b.op('InstanceNormalization', inputs, { epsilon: float(epsilon) });
export const batchNormalization = (b: GraphBuilder, inputs: readonly Value[], epsilon = 1e-5) =>
  b.op('BatchNormalization', inputs, { epsilon: float(epsilon) });

// Arrangement
export const reshape = (b: GraphBuilder, x: Value, shape: readonly number[]) =>
  b.op('Reshape', [x, b.int64s(shape)], shape.includes(0) ? { allowzero: int(1) } : {});
export const transpose = (b: GraphBuilder, x: Value, perm: readonly number[]) =>
  b.op('Transpose', [x], { perm: ints(perm) });
export const squeeze = (b: GraphBuilder, x: Value, axes: readonly number[]) =>
  b.op('Squeeze', [x, b.int64s(axes)]);
export const unsqueeze = (b: GraphBuilder, x: Value, axes: readonly number[]) =>
  b.op('Unsqueeze', [x, b.int64s(axes)]);
export const flatten = (b: GraphBuilder, x: Value, axis = 1) => b.op('Flatten', [x], { axis: int(axis) });
export const concat = (b: GraphBuilder, xs: readonly Value[], axis: number) =>
  b.op('Concat', xs, { axis: int(axis) });
export const split = (b: GraphBuilder, x: Value, sizes: readonly number[], axis: number) =>
  several(b, {
    opType: 'Split',
    inputs: [x, b.int64s(sizes)],
    attributes: { axis: int(axis) },
    outputs: sizes.length,
  });
export interface SliceOptions {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly axes: readonly number[];
  readonly steps?: readonly number[];
}
export const slice = (b: GraphBuilder, x: Value, { starts, ends, axes, steps }: SliceOptions) =>
  b.op('Slice', [x, b.int64s(starts), b.int64s(ends), b.int64s(axes), ...(steps ? [b.int64s(steps)] : [])]);
export type PadMode = 'constant' | 'reflect' | 'edge';
export interface PadOptions {
  /** All begins, then all ends. */
  readonly pads: readonly number[];
  readonly mode?: PadMode;
  /** A scalar; 0 when absent. */
  readonly value?: Value;
}
export const pad = (b: GraphBuilder, x: Value, { pads, mode = 'constant', value }: PadOptions) =>
  b.op('Pad', [x, b.int64s(pads), ...(value ? [value] : [])], { mode: string(mode) });
export const expand = (b: GraphBuilder, x: Value, shape: readonly number[]) =>
  b.op('Expand', [x, b.int64s(shape)]);
export const tile = (b: GraphBuilder, x: Value, repeats: readonly number[]) =>
  b.op('Tile', [x, b.int64s(repeats)]);
export type DepthToSpaceMode = 'DCR' | 'CRD';
export const depthToSpace = (b: GraphBuilder, x: Value, blocksize: number, mode: DepthToSpaceMode = 'DCR') =>
  b.op('DepthToSpace', [x], { blocksize: int(blocksize), mode: string(mode) });
export const spaceToDepth = (b: GraphBuilder, x: Value, blocksize: number) =>
  b.op('SpaceToDepth', [x], { blocksize: int(blocksize) });
export const trilu = (b: GraphBuilder, x: Value, upper: boolean, k = 0) =>
  b.op('Trilu', [x, b.int64(k)], { upper: int(Number(upper)) });

// Indexing
export const gather = (b: GraphBuilder, data: Value, indices: Value, axis = 0) =>
  b.op('Gather', [data, indices], { axis: int(axis) });
export const gatherElements = (b: GraphBuilder, data: Value, indices: Value, axis = 0) =>
  b.op('GatherElements', [data, indices], { axis: int(axis) });
export const gatherND = (b: GraphBuilder, data: Value, indices: Value, batchDims = 0) =>
  b.op('GatherND', [data, indices], { batch_dims: int(batchDims) });
export type ScatterReduction = 'none' | 'add' | 'mul' | 'max' | 'min';
export interface ScatterOperands {
  readonly data: Value;
  readonly indices: Value;
  readonly updates: Value;
  readonly reduction?: ScatterReduction;
}
export const scatterElements = (
  b: GraphBuilder,
  { data, indices, updates, reduction: kind = 'none' }: ScatterOperands,
  axis = 0,
) => b.op('ScatterElements', [data, indices, updates], { axis: int(axis), reduction: string(kind) });
export const scatterND = (
  b: GraphBuilder,
  { data, indices, updates, reduction: kind = 'none' }: ScatterOperands,
) => b.op('ScatterND', [data, indices, updates], { reduction: string(kind) });
/** `values` holds [off, on]. */
export const oneHot = (
  b: GraphBuilder,
  indices: Value,
  depth: number,
  { values, axis = -1 }: OneHotOptions,
) => b.op('OneHot', [indices, b.int64(depth), values], { axis: int(axis) });
export interface OneHotOptions {
  readonly values: Value;
  readonly axis?: number;
}

// Resampling
export interface GridSampleOptions {
  readonly mode?: 'bilinear' | 'nearest' | 'bicubic';
  readonly paddingMode?: 'zeros' | 'border' | 'reflection';
  readonly alignCorners?: boolean;
}
export const gridSample = (b: GraphBuilder, x: Value, grid: Value, options: GridSampleOptions = {}) =>
  b.op('GridSample', [x, grid], {
    mode: string(options.mode ?? 'bilinear'),
    padding_mode: string(options.paddingMode ?? 'zeros'),
    align_corners: int(Number(options.alignCorners ?? false)),
  });
export interface ResizeOptions {
  /** One a dimension of the input; either these or sizes. */
  readonly scales?: readonly number[];
  readonly sizes?: readonly number[];
  readonly mode: 'nearest' | 'linear' | 'cubic';
  readonly attributes?: Attributes;
}
export const resize = (b: GraphBuilder, x: Value, { scales, sizes, mode, attributes }: ResizeOptions) => {
  const operands = [x, undefined, scales && b.float32s(scales), ...(sizes ? [b.int64s(sizes)] : [])];
  const y = b.op('Resize', operands, { mode: string(mode), ...attributes });
  return scales ? statedShape(b, y, { x, scales }) : y;
};
