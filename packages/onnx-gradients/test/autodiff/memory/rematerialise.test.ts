import ort from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { gradients } from '../../../src/autodiff/gradients.js';
import { lifetimesOf } from '../../../src/autodiff/memory/lifetimes.js';
import { rematerialise } from '../../../src/autodiff/memory/rematerialise.js';
import { GraphBuilder, type Value } from '../../../src/onnx/builder.js';
import { encodeModel } from '../../../src/onnx/codec/write-model.js';
import type { Model } from '../../../src/onnx/graph.js';
import * as op from '../../../src/onnx/ops.js';
import { elementCount, float32, type Shape } from '../../../src/onnx/tensor.js';

const SHAPE = [1, 32, 16, 16] as const;

const wave = (shape: Shape, frequency: number) =>
  float32(
    shape,
    Float32Array.from({ length: elementCount(shape) }, (_, i) => Math.sin(frequency * i)),
  );

function mixed(b: GraphBuilder, x: Value, index: number): Value {
  const kernel = wave([32, 32, 1, 1], 0.7 + index);
  return op.mul(b, op.conv(b, x, b.constant(kernel, `kernel${index}`)), b.scalar(0.25));
}

type Activation = (b: GraphBuilder, x: Value, index: number) => Value;

const swish: Activation = (b, x) => op.mul(b, x, op.sigmoid(b, x));
/** GroupNorm by a centred second pass, as exporters of today write it. */
function groupNorm(b: GraphBuilder, x: Value, groups: number): Value {
  const flat = op.reshape(b, x, [1, groups, elementCount(x.type.shape) / groups]);
  const centred = op.sub(b, flat, op.reduceMean(b, flat, [2]));
  const variance = op.reduceMean(b, op.mul(b, centred, centred), [2]);
  const deviation = op.sqrt(b, op.add(b, variance, b.scalar(1e-6)));
  return op.reshape(b, op.div(b, centred, deviation), x.type.shape);
}

const normalisedSwish: Activation = (b, x, index) => {
  const scale = b.constant(wave([1, 32, 1, 1], 0.3 + index), `scale${index}`);
  return swish(b, op.mul(b, groupNorm(b, x, 8), scale), index);
};

type Draw = (b: GraphBuilder, x: Value) => Value;

/** `depth` pairs of product and activation. */
const tower =
  (depth: number, activation: Activation): Draw =>
  (b, x) => {
    let y = x;
    for (let index = 0; index < depth; index += 1) y = activation(b, mixed(b, y, index), index);
    return y;
  };

/** One activation that multiplies the results of two later products: its gradient is read at two times. */
const gates: Draw = (b, x) => {
  const gate = swish(b, mixed(b, x, 0), 0);
  const once = op.mul(b, mixed(b, gate, 1), gate);
  return op.mul(b, mixed(b, mixed(b, once, 2), 3), gate);
};

/** A network with its gradient. */
function differentiated(draw: Draw): Model {
  const b = new GraphBuilder();
  const x = b.input('x', { elementType: 'float32', shape: SHAPE });
  const y = draw(b, x);
  const cotangent = b.input('g', y.type);
  const [dx] = gradients(b, { of: [{ value: y, cotangent }], wrt: [x] });
  if (!dx) throw new Error('No gradient.');
  b.output(dx, 'dx');
  b.output(y, 'y');
  return b.build('network');
}

/** Large values made before the last forward product and read after the first backward one, views apart. */
function keptAcross(model: Model, depth: number): readonly string[] {
  const { graph } = model;
  const { isLarge } = lifetimesOf(model);
  const products = graph.nodes.flatMap(({ opType }, index) => (opType === 'Conv' ? [index] : []));
  const [last = 0, first = 0] = products.slice(depth - 1);
  const early = graph.nodes.slice(0, last).filter(({ opType }) => opType !== 'Reshape');
  const late = new Set(graph.nodes.slice(first + 1).flatMap(({ inputs }) => inputs));
  return early.flatMap(({ outputs }) => outputs).filter((name) => isLarge(name) && late.has(name));
}

async function run(model: Model): Promise<Readonly<Record<string, Float32Array>>> {
  const session = await ort.InferenceSession.create(encodeModel(model), {
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const feed = (frequency: number) =>
    new ort.Tensor('float32', wave(SHAPE, frequency).data as Float32Array, SHAPE);
  const results = await session.run({ x: feed(0.31), g: feed(0.17) });
  await session.release();
  return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, data as Float32Array])); // float outputs
}

const depth = 4;

describe.each([
  { title: 'convolutions with swish', draw: tower(depth, swish) },
  { title: 'convolutions with group norm and swish', draw: tower(depth, normalisedSwish) },
  { title: 'convolutions with a sine of mish', draw: tower(depth, (b, x) => op.sin(b, op.mish(b, x))) },
  { title: 'convolutions gated twice by one', draw: gates },
])('$title', ({ draw }) => {
  test('keeps one value a product for its gradient, not all between', () => {
    const model = differentiated(draw);
    const before = keptAcross(model, depth).length;
    expect(keptAcross(rematerialise(model), depth).length).toBeLessThan(Math.min(before, depth));
  });

  test('computes the same numbers, also when done twice', async () => {
    const model = differentiated(draw);
    const expected = await run(model);
    for (const rewritten of [rematerialise(model), rematerialise(rematerialise(model))]) {
      const got = await run(rewritten);
      for (const [name, values] of Object.entries(expected)) {
        const worst = Math.max(
          ...values.map((value, index) => Math.abs(value - (got[name]?.[index] ?? Number.NaN))),
        );
        expect(worst).toBeLessThan(1e-5);
      }
    }
  });

  test('ties what it computes again to the gradient its user waits for', () => {
    const model = differentiated(draw);
    const before = new Set(model.graph.nodes.flatMap((node) => node.outputs));
    const rewritten = rematerialise(model);
    const { dawnOf, isLarge, producerOf } = lifetimesOf(rewritten);
    // A view holds nothing of its own and may wait for nothing.
    const isCopy = (name: string) =>
      isLarge(name) && !before.has(name) && producerOf(name)?.opType !== 'Reshape';
    const readers = rewritten.graph.nodes.filter(({ inputs }) => inputs.some(isCopy));
    expect(readers.length).toBeGreaterThan(0);
    for (const { inputs, opType } of readers) {
      if (opType === 'Reshape') continue;
      const latest = Math.max(...inputs.map(dawnOf));
      expect(inputs.filter(isCopy).map(dawnOf)).toEqual(inputs.filter(isCopy).map(() => latest));
    }
  });

  test('leaves every product as it was', () => {
    const model = differentiated(draw);
    const products = (of: Model) => of.graph.nodes.filter(({ opType }) => opType === 'Conv').length;
    expect(products(rematerialise(model))).toBe(products(model));
  });
});

test('keeps a value whose origin would have to be kept instead', () => {
  const model = differentiated(tower(3, (b, x) => op.exp(b, x))); // Its gradient needs y = exp x only.
  expect(rematerialise(model).graph.nodes).toEqual(model.graph.nodes);
});

test('changes nothing where no value waits', () => {
  const b = new GraphBuilder();
  const x = b.input('x', { elementType: 'float32', shape: SHAPE });
  b.output(swish(b, mixed(b, swish(b, mixed(b, x, 0), 0), 1), 1), 'y');
  const model = b.build('forward');
  expect(rematerialise(model).graph.nodes).toEqual(model.graph.nodes);
});

test('computes nothing again that is computed of constants alone: that is done once, as the graph is opened', () => {
  const b = new GraphBuilder();
  const x = b.input('x', { elementType: 'float32', shape: SHAPE });
  const kernel = b.constant(wave([32, 32, 3, 3], 0.7), 'kernel');
  b.vary(kernel);
  const doubled = op.mul(b, kernel, b.scalar(2));
  const pads = [1, 1, 1, 1] as const;
  const y = op.conv(b, op.tanh(b, op.conv(b, x, doubled, { pads })), doubled, { pads });
  const [gradient] = gradients(b, { of: [{ value: y, cotangent: b.constant(wave(SHAPE, 0.3)) }], wrt: [x] });
  if (!gradient) throw new Error('Expected a gradient.');
  b.output(gradient, 'gradient');
  const model = b.build('turned');
  const count = ({ graph }: Model) =>
    graph.nodes.filter(({ inputs, opType }) => opType === 'Mul' && inputs.includes('kernel')).length;
  expect([count(model), count(rematerialise(model))]).toEqual([1, 1]);
});
