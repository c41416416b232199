import { intAttribute } from '../attributes.js';
import { normalizeAxis } from '../axes.js';
import type { Value } from '../builder.js';
import { elementTypeOfNumber } from '../element-type.js';
import { cast, conv, matMul, mul, reshape, transpose } from '../ops.js';
import { float32, type Shape, tensor, toNumbers } from '../tensor.js';
import { type Call, type Conversion, inputOf } from './call.js';

/** Above it the matrix would be larger than most networks. */
const LONGEST = 1 << 10;

function numberAt({ b, inputs }: Call, index: number): number | undefined {
  const value = inputs[index];
  if (!value) return undefined;
  const constant = b.constantOf(value);
  if (!constant) throw new Error(`Expected input ${index} to be constant.`);
  return toNumbers(constant)[0];
}

interface Transform {
  /** Elements along the axis, of which those after `period` count nothing. */
  readonly length: number;
  /** 1 for real numbers, 2 for pairs of real and imaginary part. */
  readonly parts: number;
  readonly period: number;
  readonly frequencies: number;
  readonly isInverse: boolean;
}

/** e^(∓2πi·kn/N) as a matrix [length·parts, frequencies·2] on numbers of `parts` parts. */
function matrixOf({ length, parts, period, frequencies, isInverse }: Transform): Float64Array {
  const width = 2 * frequencies;
  const data = new Float64Array(length * parts * width);
  for (let n = 0; n < Math.min(length, period); n += 1) {
    for (let k = 0; k < frequencies; k += 1) {
      const angle = (2 * Math.PI * ((k * n) % period)) / period;
      const scale = isInverse ? 1 / period : 1;
      const [cos, sin] = [scale * Math.cos(angle), (isInverse ? -scale : scale) * Math.sin(angle)];
      data[n * parts * width + 2 * k] = cos;
      data[n * parts * width + 2 * k + 1] = -sin;
      if (parts === 1) continue;
      data[(n * parts + 1) * width + 2 * k] = sin;
      data[(n * parts + 1) * width + 2 * k + 1] = cos;
    }
  }
  return data;
}

/** A table in the element type of a value. */
function tableLike({ b }: Call, x: Value, shape: Shape, make: () => Float64Array): Value {
  if (x.type.elementType === 'float64')
    return b.table({ elementType: 'float64', shape }, () => tensor('float64', shape, make()));
  return cast(
    b,
    b.table({ elementType: 'float32', shape }, () => float32(shape, make())),
    x.type.elementType,
  );
}

/** DFT (17, 20) of known length: a product with its matrix. */
const transform: Conversion = (call) => {
  const { b, node, opset } = call;
  const x = inputOf(call, 0);
  const { shape } = x.type;
  const rank = shape.length;
  const given = opset < 20 ? intAttribute(node, 'axis', 1) : (numberAt(call, 2) ?? -2);
  const axis = normalizeAxis(given, rank);
  const parts = shape[rank - 1] ?? 1;
  if (axis === rank - 1 || parts > 2)
    throw new Error('Expected a last axis of one or two parts beside `axis`.');
  const isInverse = intAttribute(node, 'inverse', 0) === 1;
  const isOneSided = intAttribute(node, 'onesided', 0) === 1;
  if (isInverse && isOneSided) throw new Error('A one-sided inverse is not supported.');
  const length = shape[axis] ?? 1;
  const period = numberAt(call, 1) ?? length;
  if (!(period >= 1 && Math.max(period, length) <= LONGEST))
    throw new Error(`Expected a length of at most ${LONGEST}, got ${Math.max(period, length)}.`);
  const frequencies = isOneSided ? Math.floor(period / 2) + 1 : period;
  const product = tableLike(call, x, [length * parts, 2 * frequencies], () =>
    matrixOf({ length, parts, period, frequencies, isInverse }),
  );
  // The axis goes to the end, before the parts, and comes back.
  const order = [...shape.keys()].filter((other) => other !== axis && other !== rank - 1);
  const there = [...order, axis, rank - 1];
  const moved = axis === rank - 2 ? x : transpose(b, x, there);
  const outer = order.map((other) => shape[other] ?? 1);
  const rows = reshape(b, moved, [...outer, length * parts]);
  const transformed = reshape(b, matMul(b, rows, product), [...outer, frequencies, 2]);
  const back = [...shape.keys()].map((other) => there.indexOf(other));
  return [axis === rank - 2 ? transformed : transpose(b, transformed, back)];
};

/** STFT (17) of real signals: a convolution with the windowed rows of the transform's matrix. */
const shortTime: Conversion = (call) => {
  const { b, node, inputs } = call;
  const x = inputOf(call, 0);
  const [batch = 1, samples = 1, parts = 1] = x.type.shape;
  if (parts !== 1) throw new Error('Expected a signal of real numbers.');
  const step = numberAt(call, 1) ?? 1;
  const window = inputs[2];
  const length = window?.type.shape[0] ?? numberAt(call, 3) ?? samples;
  if (!(length >= 1 && length <= LONGEST))
    throw new Error(`Expected frames of at most ${LONGEST}, got ${length}.`);
  const isOneSided = intAttribute(node, 'onesided', 1) === 1;
  const frequencies = isOneSided ? Math.floor(length / 2) + 1 : length;
  const matrix = tableLike(call, x, [length, 2 * frequencies], () =>
    matrixOf({ length, parts: 1, period: length, frequencies, isInverse: false }),
  );
  const rows = transpose(b, matrix, [1, 0]);
  const kernels = reshape(b, window ? mul(b, rows, window) : rows, [2 * frequencies, 1, length]);
  const frames = conv(b, reshape(b, x, [batch, 1, samples]), kernels, { strides: [step] });
  const count = frames.type.shape[2] ?? 1;
  return [transpose(b, reshape(b, frames, [batch, frequencies, 2, count]), [0, 3, 1, 2])];
};

/** A window (17) of known length: Σ aₖ·cos(2πkn/N). */
const windowOf =
  (...terms: readonly number[]): Conversion =>
  (call) => {
    const { b, node } = call;
    const length = numberAt(call, 0) ?? 0;
    if (!(length >= 0 && length <= LONGEST ** 2)) throw new Error(`A window of ${length} is too long.`);
    const period = intAttribute(node, 'periodic', 1) === 1 ? length : length - 1;
    const make = () =>
      Float64Array.from({ length }, (_, n) =>
        terms.reduce((sum, term, k) => sum + term * Math.cos((2 * Math.PI * k * n) / period), 0),
      );
    const window = b.table({ elementType: 'float32', shape: [length] }, () => float32([length], make()));
    return [cast(b, window, elementTypeOfNumber(intAttribute(node, 'output_datatype', 1)))];
  };

export const FOURIER: Readonly<Record<string, Conversion>> = {
  BlackmanWindow: windowOf(0.42, -0.5, 0.08),
  DFT: transform,
  HammingWindow: windowOf(25 / 46, -21 / 46),
  HannWindow: windowOf(0.5, -0.5),
  STFT: shortTime,
};
