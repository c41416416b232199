import { describe, it } from 'vitest';
import type { GraphBuilder, Value } from '../../src/onnx/builder.js';
import * as ops from '../../src/onnx/ops.js';
import { checkGradient, type Row } from './support/check-gradient.js';
import { normal, randomFrom } from './support/random.js';

type Random = () => number;

/** One step of a random graph: from some values in float64 to a new one; undefined where it does not fit. */
type Step = (b: GraphBuilder, pick: () => Value, random: Random) => Value | undefined;

const upTo = (count: number, random: Random) => Math.floor(count * random());

/** Smooth operators only: a kink near a random point would fail a correct gradient. */
const smooth: Step = (b, pick, random) => {
  const choices = [ops.sigmoid, ops.tanh, ops.sin, ops.cos, ops.neg, swish, bounded];
  return choices[upTo(choices.length, random)]?.(b, pick());
};

const swish = (b: GraphBuilder, x: Value) => ops.mul(b, x, ops.sigmoid(b, x));
/** exp(−x²), so that values stay small however deep the graph. */
const bounded = (b: GraphBuilder, x: Value) => ops.exp(b, ops.neg(b, ops.mul(b, x, x)));

const combine: Step = (b, pick, random) => {
  const [one, other] = [pick(), pick()];
  const choices = [ops.add, ops.sub, ops.mul];
  return broadcasts(one, other) ? choices[upTo(choices.length, random)]?.(b, one, other) : undefined;
};

function broadcasts({ type: { shape: one } }: Value, { type: { shape: other } }: Value): boolean {
  const length = Math.min(one.length, other.length);
  const [a, c] = [one.slice(one.length - length), other.slice(other.length - length)];
  return a.every((size, axis) => size === c[axis] || size === 1 || c[axis] === 1);
}

const arrange: Step = (b, pick, random) => {
  const x = pick();
  const { shape } = x.type;
  const axis = upTo(shape.length, random);
  const kinds = [
    () => ops.transpose(b, x, rotated(shape.length, 1 + upTo(2, random))),
    () => ops.reshape(b, x, [...shape.slice(0, axis), 1, ...shape.slice(axis)]),
    () => ops.slice(b, x, { starts: [-1], ends: [-100], axes: [axis], steps: [-1] }),
    () => ops.slice(b, x, { starts: [0], ends: [Math.max(1, (shape[axis] ?? 1) - 1)], axes: [axis] }),
    () => ops.pad(b, x, { pads: shape.flatMap(() => [0, 0]).with(axis, 1) }),
    () => ops.concat(b, [x, x], axis),
    () => ops.gather(b, x, b.int64s([0, 0, (shape[axis] ?? 1) - 1]), axis),
  ];
  return shape.length === 0 || shape.length > 4 ? undefined : kinds[upTo(kinds.length, random)]?.();
};

const rotated = (rank: number, by: number) => Array.from({ length: rank }, (_, axis) => (axis + by) % rank);

const condense: Step = (b, pick, random) => {
  const x = pick();
  const { shape } = x.type;
  if (shape.length === 0) return undefined;
  const axis = upTo(shape.length, random);
  const kinds = [
    () => ops.reduceMean(b, x, [axis], random() < 0.5),
    () => ops.reduceSum(b, x, [axis], random() < 0.5),
    () => ops.reduceLogSumExp(b, x, [axis]),
    () => ops.softmax(b, x, axis),
    () => ops.logSoftmax(b, x, axis),
    () => ops.cumSum(b, x, axis, { exclusive: random() < 0.5, reverse: random() < 0.5 }),
    () =>
      ops.layerNormalization(b, [x, b.op('Cast', [b.float32s([1.5])], { to: { kind: 'int', value: 11 } })], {
        axis,
      }),
  ];
  return kinds[upTo(kinds.length, random)]?.();
};

const multiply: Step = (b, pick) => {
  const [one, other] = [pick(), pick()];
  const { shape } = other.type;
  if (one.type.shape.length !== 2 || shape.length < 2) return undefined;
  const isFitting = one.type.shape[1] === shape.at(-2);
  return isFitting ? ops.matMul(b, one, other) : undefined;
};

const STEPS = [smooth, combine, combine, arrange, condense, multiply];
const MOST_ELEMENTS = 400;

/** A directed graph of about twenty nodes over two inputs, most values used several times, ends as outputs. */
function randomRow(seed: number): Row {
  return {
    title: `graph ${seed}`,
    inputs: { x: normal(3, 4), z: normal(2, 1, 4) },
    step: 1e-3,
    build: (b, { x, z }) => {
      const random = randomFrom(`structure ${seed}`);
      const values = [x, z].filter((value) => value !== undefined);
      const pick = () => {
        const value = values[upTo(values.length, random)];
        if (!value) throw new Error('A graph has inputs.');
        return value;
      };
      for (let tries = 0; tries < 60 && values.length < 20; tries += 1) {
        const value = STEPS[upTo(STEPS.length, random)]?.(b, pick, random);
        const size = value?.type.shape.reduce((product, length) => product * length, 1) ?? 0;
        if (value && size > 0 && size <= MOST_ELEMENTS) values.push(value);
      }
      const both = values.slice(0, 2).map((value) => ops.reduceSum(b, ops.tanh(b, value), undefined, false));
      return [...values.slice(-4), ...both];
    },
  };
}

describe('the gradient of a random graph equals its numeric derivative', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => randomRow(seed)))('$title', (row) => checkGradient(row));
});
