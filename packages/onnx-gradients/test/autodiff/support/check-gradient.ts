import assert from 'node:assert/strict';
import { gradients } from '../../../src/autodiff/gradients.js';
import { GraphBuilder, type Value } from '../../../src/onnx/builder.js';
import type { Model } from '../../../src/onnx/graph.js';
import { elementCount, type Shape, type Tensor, tensor } from '../../../src/onnx/tensor.js';
import { openGraph, runGraph } from '../../support/run-graph.js';
import { normal, randomFrom, type Sampling, sample } from './random.js';

/** One row of the rule tables: an operator at one setting of its attributes, on awkward shapes. */
export interface Row {
  readonly title: string;
  readonly inputs: Readonly<Record<string, Sampling>>;
  /** Emits the operator; all its float outputs that matter are returned. */
  readonly build: (b: GraphBuilder, inputs: Readonly<Record<string, Value>>) => Value | readonly Value[];
  /** float64 unless ONNX Runtime's CPU kernels want float32. */
  readonly type?: 'float32' | 'float64';
  /** Inputs to differentiate by; all by default. */
  readonly wrt?: readonly string[];
  /** Step of the numeric derivative along a unit-normal direction. */
  readonly step?: number;
}

type Floats = Readonly<Record<string, readonly number[]>>;

/** Relative to the sizes of the terms that are summed: the stencil's h⁴ stays well below. */
const TOLERANCE = { float64: 1e-7, float32: 1e-3 };
/** Relative to the terms of the loss: what rounding leaves of a difference, before it is divided by the step. */
const ROUNDING = { float64: 1e-14, float32: 1e-6 };
const STEP = { float64: 1e-3, float32: 3e-2 };

export interface Differentiated {
  readonly model: Model;
  readonly outputs: readonly Value[];
  /** The inputs that got a gradient. */
  readonly differentiated: readonly string[];
}

/**
 * The row's graph with its gradients as outputs `d/name` and cotangents as inputs `cotangent/i`; `unit` gives these
 * shape [1, …, 1], so that gradients arrive unexpanded.
 */
export function differentiate({ inputs, build, wrt, type = 'float64' }: Row, unit: boolean): Differentiated {
  const b = new GraphBuilder();
  const values = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape }]) => [name, b.input(name, { elementType: type, shape })]),
  );
  const built = build(b, values);
  const outputs = Array.isArray(built) ? (built as readonly Value[]) : [built as Value]; // isArray misses readonly
  const of = outputs.map((value, index) => {
    const shape = unit ? value.type.shape.map(() => 1) : value.type.shape;
    return { value, cotangent: b.input(`cotangent/${index}`, { elementType: type, shape }) };
  });
  const names = wrt ?? Object.keys(inputs);
  const results = gradients(b, { of, wrt: names.map((name) => b.value(name)) });
  const differentiated = names.filter((_, index) => results[index]);
  names.forEach((name, index) => {
    const gradient = results[index];
    if (gradient) b.output(gradient, `d/${name}`);
  });
  outputs.forEach((value, index) => {
    b.output(value, `y/${index}`);
  });
  return { model: b.build('row'), outputs, differentiated };
}

const dot = (one: ArrayLike<number>, other: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < one.length; i += 1) sum += Number(one[i]) * Number(other[i]);
  return sum;
};

const norm = (values: ArrayLike<number>): number => Math.sqrt(dot(values, values));

/**
 * Compares dL/dx·v with the five-point stencil (L(−2h) − 8L(−h) + 8L(h) − L(2h)) / 12h along a random direction v, for
 * every input x by itself, with L = Σ cotangent·y.
 */
export async function checkGradient(row: Row, unit = false): Promise<void> {
  const { type = 'float64', inputs, title } = row;
  const random = randomFrom(title);
  const point: Floats = mapValues(inputs, (sampling) => sample(sampling, random));
  const { model, outputs, differentiated } = differentiate(row, unit);
  const names = row.wrt ?? Object.keys(inputs);
  assert.deepEqual(differentiated, names, 'inputs with a gradient');
  const cotangents = outputs.map(({ type: { shape } }) => {
    const own = unit ? shape.map(() => 1) : shape;
    return { shape: own, values: sample(normal(...own), random) };
  });
  const graph = await openGraph(model);
  const run = async (at: Floats) => {
    const feeds = new Map<string, Tensor>();
    for (const [name, { shape }] of Object.entries(inputs))
      feeds.set(name, toTensor(type, shape, at[name] ?? []));
    cotangents.forEach(({ shape, values }, index) => {
      feeds.set(`cotangent/${index}`, toTensor(type, shape, values));
    });
    return graph.run(Object.fromEntries(feeds));
  };
  const loss = (results: Readonly<Record<string, Tensor>>) =>
    cotangents.reduce((sum, { values }, index) => {
      const y = results[`y/${index}`]?.data as ArrayLike<number>;
      const weights = unit ? Array.from(y, () => values[0] ?? 0) : values;
      return sum + dot(y, weights);
    }, 0);
  try {
    const exact = await run(point);
    const noise = outputs.reduce(
      (sum, _, index) => sum + norm(exact[`y/${index}`]?.data as ArrayLike<number>),
      0,
    );
    for (const name of names) {
      const shape = inputs[name]?.shape ?? [];
      const gradient = exact[`d/${name}`];
      assert.deepEqual(gradient?.shape, shape, `shape of the gradient of ${name}`);
      const direction = sample(normal(...shape), random);
      const h = row.step ?? STEP[type];
      const at = async (t: number) => {
        const moved = (point[name] ?? []).map((value, i) => value + t * h * (direction[i] ?? 0));
        return loss(await run({ ...point, [name]: moved }));
      };
      const numeric = ((await at(-2)) - 8 * (await at(-1)) + 8 * (await at(1)) - (await at(2))) / (12 * h);
      const terms = Array.from(
        gradient?.data as ArrayLike<number>,
        (value, i) => value * (direction[i] ?? 0),
      );
      const analytic = terms.reduce((sum, term) => sum + term, 0);
      const allowed = TOLERANCE[type] * Math.sqrt(dot(terms, terms)) + (ROUNDING[type] * noise) / h;
      const difference = Math.abs(numeric - analytic);
      assert.ok(
        difference <= allowed,
        `${name}: numeric ${numeric}, analytic ${analytic}, allowed ${allowed}`,
      );
    }
  } finally {
    await graph.close();
  }
}

function toTensor(type: 'float32' | 'float64', shape: Shape, values: readonly number[]): Tensor {
  const data = type === 'float64' ? Float64Array.from(values) : Float32Array.from(values);
  if (data.length !== elementCount(shape)) throw new Error('A sample does not fill its shape.');
  return tensor(type, shape, data);
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

/** Checks that each gradient is the same when it is the only one wanted: rules leave out what is not. */
export async function checkEachAlone(row: Row): Promise<void> {
  const names = row.wrt ?? Object.keys(row.inputs);
  const { type = 'float64', inputs, title } = row;
  const random = randomFrom(title);
  const feeds = new Map(
    Object.entries(inputs).map(([name, sampling]) => [
      name,
      toTensor(type, sampling.shape, sample(sampling, random)),
    ]),
  );
  const together = differentiate(row, false);
  together.outputs.forEach(({ type: { shape } }, index) => {
    feeds.set(`cotangent/${index}`, toTensor(type, shape, sample(normal(...shape), random)));
  });
  const expected = await runGraph(together.model, Object.fromEntries(feeds));
  for (const name of names) {
    const alone = differentiate({ ...row, wrt: [name] }, false);
    assert.ok(alone.model.graph.nodes.length <= together.model.graph.nodes.length);
    const results = await runGraph(alone.model, Object.fromEntries(feeds));
    assert.deepEqual(results[`d/${name}`], expected[`d/${name}`], `the gradient of ${name} alone`);
  }
}
