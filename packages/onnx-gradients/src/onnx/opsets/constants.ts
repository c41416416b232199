import { attributeOf } from '../attributes.js';
import { castTensor } from '../fold/cast.js';
import type { Tensor } from '../tensor.js';
import { bool, float32, int64 } from '../tensor.js';
import { cast, expand } from '../ops.js';
import { type Call, type Conversion, inputOf } from './call.js';

function tensorOf({ node }: Call): Tensor {
  const value = attributeOf(node, 'value', 'tensor');
  if (value) return value;
  const number = attributeOf(node, 'value_float', 'float');
  if (number !== undefined) return float32([], [number]);
  const numbers = attributeOf(node, 'value_floats', 'floats');
  if (numbers) return float32([numbers.length], numbers);
  const integer = attributeOf(node, 'value_int', 'int');
  if (integer !== undefined) return int64([], [integer]);
  const integers = attributeOf(node, 'value_ints', 'ints');
  if (integers) return int64([integers.length], integers);
  throw new Error('Expected a constant of numbers.');
}

/** Constant nodes become initializers. */
const constant: Conversion = (call) => [call.b.constant(tensorOf(call), call.name)];

/** At inference Dropout is the identity, and its mask, where wanted, all true; in training its mask is drawn at run time. */
const dropout: Conversion = (call) => {
  const { b } = call;
  const x = inputOf(call, 0);
  const training = call.inputs[2];
  const isKnown = training && b.constantOf(training);
  // The gradient needs the mask that was drawn.
  if (training && !(isKnown && !isKnown.data[0])) {
    return b.emit({
      opType: 'Dropout',
      inputs: [x, call.inputs[1] ?? b.scalar(0.5), training],
      attributes: call.node.attributes,
      outputs: 2,
      name: call.name,
    });
  }
  if (!call.node.outputs[1]) return [x];
  return [x, expand(b, b.constant(bool([], [true])), x.type.shape)];
};

/** More positions than any shape arithmetic asks for. */
const MOST_TESTED = 2 ** 20;

/** The positions of a constant's non-zero elements, [rank, count]. */
const nonZero: Conversion = (call) => {
  const x = inputOf(call, 0);
  const value = call.b.constantOf(x);
  if (!value) throw new Error('Expected a constant input, because the shape of the result depends on it.');
  if (value.data.length > MOST_TESTED)
    throw new Error(`Expected at most ${MOST_TESTED} elements, got ${value.data.length}.`);
  const { data } = castTensor(value, 'bool');
  const found = [...data.keys()].filter((i) => data[i]);
  const { shape } = value;
  const rows = shape.map((size, axis) => {
    const stride = shape.slice(axis + 1).reduce((product, dimension) => product * dimension, 1);
    return found.map((i) => Math.floor(i / stride) % size);
  });
  return [call.b.constant(int64([shape.length, found.length], rows.flat()), call.name)];
};

/** CastLike (15, 19) asks only for the other's type, which is known: so a constant stays one. */
const castLike: Conversion = (call) => [cast(call.b, inputOf(call, 0), inputOf(call, 1).type.elementType)];

export const CONSTANTS: Readonly<Record<string, Conversion>> = {
  CastLike: castLike,
  Constant: constant,
  Dropout: dropout,
  NonZero: nonZero,
};
