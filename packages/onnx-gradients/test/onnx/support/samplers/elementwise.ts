import { float, int } from '../../../../src/onnx/builder.js';
import { ELEMENT_TYPE_NUMBERS } from '../../../../src/onnx/element-type.js';
import { castTensor } from '../../../../src/onnx/fold/cast.js';
import type { ARITHMETIC } from '../../../../src/onnx/shapes/arithmetic.js';
import type { LOGIC } from '../../../../src/onnx/shapes/logic.js';
import type { UNARY } from '../../../../src/onnx/shapes/unary.js';
import { float32, int64, type Tensor } from '../../../../src/onnx/tensor.js';
import { bools, broadcastable, floats, integers, positives, type Sampler, shapeOf } from '../node-sample.js';
import type { Random } from '../random.js';

type Make = (r: Random, shape: readonly number[]) => Tensor;

const of =
  (make: Make, count = 1): Sampler =>
  (r) => ({ inputs: broadcastable(r, count).map((shape) => make(r, shape)) });

const unary = of(floats);
/** A unary operator whose attributes are stated half of the time. */
const withFloats =
  (...names: readonly string[]): Sampler =>
  (r) => ({
    ...unary(r),
    attributes: Object.fromEntries(
      names.filter(() => r.bool()).map((name) => [name, float(Math.fround(r.next() + 0.2))]),
    ),
  });
/** Inside the domain of inverse functions: (−0.9, 0.9). */
const inside = of((r, shape) => {
  const x = floats(r, shape);
  return float32(
    shape,
    Float32Array.from(x.data as Float32Array, (value) => value * 0.45),
  );
});
const logical = of(bools, 2);
const bits = of((r, shape) => integers(r, shape, 0, 1000), 2);
/** float32 or int64, both operands alike. */
const numeric: Sampler = (r) => {
  const make: Make = r.bool() ? positives : (random, shape) => integers(random, shape, 1, 9);
  return { inputs: broadcastable(r, 2).map((shape) => make(r, shape)) };
};
const variadic: Sampler = (r) => ({
  inputs: broadcastable(r, r.int(1, 4)).map((shape) => floats(r, shape)),
});
/** Few distinct values, so that equality happens. */
const comparison: Sampler = (r) => {
  const make: Make = (random, shape) => integers(random, shape, -2, 2);
  const isFloat = r.bool();
  const inputs = broadcastable(r, 2).map((shape) => make(r, shape));
  return { inputs: isFloat ? inputs.map((tensor) => castTensor(tensor, 'float32')) : inputs };
};
const halves: Sampler = (r) => {
  const { inputs } = of((random, shape) => integers(random, shape, -9, 9))(r);
  return {
    inputs: inputs.map(
      (x) =>
        x &&
        float32(
          x.shape,
          Float32Array.from(x.data as BigInt64Array, (value) => Number(value) / 2),
        ),
    ),
  };
};

type Elementwise = keyof typeof ARITHMETIC | keyof typeof LOGIC | keyof typeof UNARY;

export const ELEMENTWISE_SAMPLERS: Readonly<Record<Elementwise, Sampler>> = {
  Abs: unary,
  Acos: inside,
  Acosh: of((r, shape) => castTensor(integers(r, shape, 1, 9), 'float32')),
  Add: numeric,
  And: logical,
  Asin: inside,
  Asinh: unary,
  Atan: unary,
  Atanh: inside,
  BitShift: (r) => ({
    inputs: broadcastable(r, 2).map((shape) => castTensor(integers(r, shape, 0, 7), 'uint32')),
    attributes: { direction: { kind: 'string', value: r.pick(['LEFT', 'RIGHT']) } },
  }),
  BitwiseAnd: bits,
  BitwiseNot: of((r, shape) => integers(r, shape, 0, 1000)),
  BitwiseOr: bits,
  BitwiseXor: bits,
  Cast: (r) => {
    const from = r.pick(['float32', 'float16', 'int64', 'int32', 'uint8', 'bool'] as const);
    const to = r.pick(['float32', 'float16', 'float64', 'int64', 'int32', 'uint8', 'bool'] as const);
    const x = positives(r, shapeOf(r, r.int(0, 3)));
    return { inputs: [castTensor(x, from)], attributes: { to: int(ELEMENT_TYPE_NUMBERS[to]) } };
  },
  CastLike: (r) => ({ inputs: [positives(r, shapeOf(r, r.int(0, 3))), int64([], [1])] }),
  Ceil: unary,
  Celu: withFloats('alpha'),
  Clip: (r) => {
    const x = floats(r, shapeOf(r, r.int(0, 3)));
    const low = r.bool() ? float32([], [-0.5]) : undefined;
    const high = r.bool() ? float32([], [0.7]) : undefined;
    return { inputs: [x, ...(low || high ? [low] : []), ...(high ? [high] : [])] };
  },
  Cos: unary,
  Cosh: unary,
  Div: numeric,
  Elu: withFloats('alpha'),
  Equal: comparison,
  Erf: unary,
  Exp: unary,
  Floor: unary,
  Greater: comparison,
  GreaterOrEqual: comparison,
  HardSigmoid: withFloats('alpha', 'beta'),
  HardSwish: unary,
  Identity: unary,
  IsInf: unary,
  IsNaN: unary,
  LeakyRelu: withFloats('alpha'),
  Less: comparison,
  LessOrEqual: comparison,
  Log: of(positives),
  Max: variadic,
  Mean: variadic,
  Min: variadic,
  Mish: unary,
  Mod: (r) => {
    if (r.next() < 0.3)
      return {
        inputs: broadcastable(r, 2).map((shape, i) => (i === 0 ? floats(r, shape) : positives(r, shape))),
        attributes: { fmod: int(1) },
      };
    const inputs = broadcastable(r, 2).map((shape) => integers(r, shape, 1, 9));
    const signed = inputs.map((x, i) =>
      i === 0
        ? int64(
            x.shape,
            [...x.data].map((v) => Number(v) - 5),
          )
        : x,
    );
    const fmod = r.bool();
    return { inputs: signed, attributes: { fmod: int(Number(fmod)) } };
  },
  Mul: numeric,
  Neg: unary,
  Not: of(bools),
  Or: logical,
  PRelu: (r) => {
    const shape = shapeOf(r, r.int(1, 4));
    const slope = shape.slice(r.int(0, shape.length)).map((dimension) => (r.bool() ? 1 : dimension));
    return { inputs: [floats(r, shape), floats(r, slope)] };
  },
  Pow: (r) => {
    const [base = [], exponent = []] = broadcastable(r, 2);
    if (r.bool()) return { inputs: [positives(r, base), positives(r, exponent)] };
    // Whole exponents take bases below 0 too.
    const whole = integers(r, exponent, 0, 4);
    return { inputs: [floats(r, base), r.bool() ? whole : castTensor(whole, 'float32')] };
  },
  Reciprocal: of(positives),
  Relu: unary,
  Round: halves,
  Selu: withFloats('alpha', 'gamma'),
  Shrink: withFloats('lambd', 'bias'),
  Sigmoid: unary,
  Sign: halves,
  Sin: unary,
  Sinh: unary,
  Softplus: unary,
  Softsign: unary,
  Sqrt: of(positives),
  Sub: numeric,
  Sum: variadic,
  Tan: inside,
  Tanh: unary,
  ThresholdedRelu: withFloats('alpha'),
  Where: (r) => {
    const [condition = [], x = [], y = []] = broadcastable(r, 3);
    return { inputs: [bools(r, condition), floats(r, x), floats(r, y)] };
  },
  Xor: logical,
};
