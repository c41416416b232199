import assert from 'node:assert/strict';
import { gradients } from '../../../src/autodiff/gradients.js';
import { NotDifferentiable } from '../../../src/autodiff/not-differentiable.js';
import { GraphBuilder, type Value } from '../../../src/onnx/builder.js';
import { isFloat } from '../../../src/onnx/element-type.js';
import { castTensor } from '../../../src/onnx/fold/cast.js';
import type { Model } from '../../../src/onnx/graph.js';
import { type Tensor, tensor } from '../../../src/onnx/tensor.js';
import type { NodeSample } from '../../onnx/support/node-sample.js';
import type { Random } from '../../onnx/support/random.js';
import { type OpenGraph, openGraph, type Tensors } from '../../support/run-graph.js';

export interface SampleCheck {
  readonly opType: string;
  readonly sample: NodeSample;
  readonly random: Random;
}

/** Where a node cannot be held against numbers: refused in a sentence, no float path, or a kink beside the point. */
export type Verdict = 'agrees' | 'refused' | 'flat' | 'kink';

type FloatType = 'float32' | 'float64';

/** Of the terms' size; what rounding leaves of a difference comes on top. */
const TOLERANCE = { float64: 1e-6, float32: 4e-3 };
const ROUNDING = { float64: 1e-13, float32: 3e-6 };
const STEP = { float64: 1e-4, float32: 2e-2 };

const BOTH = ['float64', 'float32'] as const;
/** ONNX Runtime's Shrink computes in float32 whatever it is given. */
const SINGLE = ['float32'] as const;

interface Built {
  readonly model: Model;
  readonly point: Tensors;
  readonly wanted: readonly string[];
}

/**
 * Compares a node's gradient, and now and then its second derivative, with what differences of ONNX Runtime's own results
 * say: in float64 where it has the operator in that type. Operands are constants or inputs by chance.
 *
 * @throws where they differ.
 */
export async function checkSample(check: SampleCheck): Promise<Verdict> {
  const plan = planOf(check);
  const types = check.opType === 'Shrink' ? SINGLE : BOTH;
  for (const type of types) {
    let built: Built | undefined;
    try {
      built = build(check, plan, type);
    } catch (error) {
      if (error instanceof NotDifferentiable) return 'refused';
      throw error;
    }
    if (!built) return 'flat';
    const graph = await openGraph(built.model).catch((error: Error) => {
      if (type === 'float64' && /Could not find an implementation|Type Error/.test(error.message))
        return undefined;
      throw error;
    });
    if (!graph) continue;
    try {
      return await compare(graph, built, check.random, type);
    } finally {
      await graph.close();
    }
  }
  return 'refused';
}

interface Plan {
  readonly isInput: readonly boolean[];
  readonly isTwice: boolean;
  readonly isUnit: boolean;
}

/** The operands that the builder has to know are never inputs. */
function planOf({ opType, sample, random }: SampleCheck): Plan {
  const isInput = sample.inputs.map((operand, index) => {
    if (!operand) return false;
    if (isFloat(operand.elementType)) return !(opType === 'Resize' && index > 0) && random.next() < 0.8;
    return INDICES[opType] === index && random.bool();
  });
  return { isInput, isTwice: random.next() < 0.4, isUnit: random.next() < 0.2 };
}

/** Where a rule takes whole numbers that are known only at run time. */
const INDICES: Readonly<Record<string, number>> = {
  Gather: 1,
  GatherElements: 1,
  GatherND: 1,
  OneHot: 0,
  ScatterElements: 1,
  ScatterND: 1,
};

function build(
  { opType, sample }: SampleCheck,
  { isInput, isTwice, isUnit }: Plan,
  type: FloatType,
): Built | undefined {
  const b = new GraphBuilder();
  const point: Record<string, Tensor> = {};
  const names: string[] = [];
  const operands = sample.inputs.map((operand, index): Value | undefined => {
    if (!operand) return undefined;
    const isParameter = opType === 'Resize' && index > 0;
    const own = operand.elementType === 'float32' && !isParameter ? castTensor(operand, type) : operand;
    if (!isInput[index]) return b.constant(own);
    point[`x${index}`] = own;
    if (own.elementType === type) names.push(`x${index}`);
    return b.input(`x${index}`, { elementType: own.elementType, shape: own.shape });
  });
  const outputs = b
    .emit({
      opType,
      inputs: operands,
      outputs: sample.outputs ?? 1,
      ...(sample.attributes && { attributes: sample.attributes }),
    })
    .filter((output) => output.type.elementType === type);
  const seeded = (values: readonly Value[], stem: string) =>
    values.map((value, index) => {
      const shape = isUnit ? value.type.shape.map(() => 1) : value.type.shape;
      return { value, cotangent: b.input(`${stem}${index}`, { elementType: type, shape }) };
    });
  // What saved statistics would pass on has no rule.
  const first = seeded(opType === 'LayerNormalization' ? outputs.slice(0, 1) : outputs, 'c');
  const wrt = names.map((name) => b.value(name));
  const found = gradients(b, { of: first, wrt });
  const reached = found.flatMap((gradient, index) =>
    gradient ? [{ gradient, name: names[index] ?? '' }] : [],
  );
  if (reached.length === 0) return undefined;
  const second = isTwice
    ? seeded(
        reached.map(({ gradient }) => gradient),
        'u',
      )
    : [];
  const [targets, results] = isTwice ? [second, gradients(b, { of: second, wrt })] : [first, found];
  for (const [index, { value }] of targets.entries()) b.output(value, `y/${index}`);
  for (const [index, gradient] of results.entries()) if (gradient) b.output(gradient, `d/${names[index]}`);
  const model = b.build('sample');
  for (const { name, shape, elementType } of model.graph.inputs) {
    if (point[name] || !shape) continue;
    const count = shape.reduce<number>((product, length) => product * Number(length), 1);
    const data = Array.from(
      { length: count },
      (_, i) => Math.sin(1 + 2.3 * i + 7 * name.charCodeAt(0)) * 1.3,
    );
    point[name] = tensor(
      elementType ?? type,
      shape.map(Number),
      type === 'float64' ? Float64Array.from(data) : Float32Array.from(data),
    );
  }
  return { model, point, wanted: names };
}

async function compare(
  graph: OpenGraph,
  { point, wanted }: Built,
  random: Random,
  type: FloatType,
): Promise<Verdict> {
  const direction = new Map(
    wanted.map((name) => [name, numbersOf(point[name]).map(() => 2 * random.next() - 1)]),
  );
  const at = async (t: number) => {
    const moved = Object.entries(point).map(([name, value]): [string, Tensor] => {
      const along = direction.get(name);
      if (!along) return [name, value];
      const data = numbersOf(value).map((x, i) => x + t * (along[i] ?? 0));
      return [
        name,
        tensor(type, value.shape, type === 'float64' ? Float64Array.from(data) : Float32Array.from(data)),
      ];
    });
    return graph.run(Object.fromEntries(moved));
  };
  const targets = (results: Tensors) => Object.keys(results).filter((name) => name.startsWith('y/'));
  const cotangentOf = (name: string) =>
    point[`c${name.slice(2)}`] && !point['u0'] ? point[`c${name.slice(2)}`] : point[`u${name.slice(2)}`];
  const loss = (results: Tensors) =>
    targets(results).reduce(
      (sum, name) => sum + weighed(numbersOf(results[name]), numbersOf(cotangentOf(name))),
      0,
    );
  const here = await at(0);
  const size = targets(here).reduce((sum, name) => sum + Math.hypot(...numbersOf(here[name])), 0);
  if (!Number.isFinite(size)) return 'kink';
  const slope = async (h: number) =>
    (loss(await at(-2 * h)) - 8 * loss(await at(-h)) + 8 * loss(await at(h)) - loss(await at(2 * h))) /
    (12 * h);
  const terms = wanted.flatMap((name) => {
    const along = direction.get(name) ?? [];
    return here[`d/${name}`] ? numbersOf(here[`d/${name}`]).map((value, i) => value * (along[i] ?? 0)) : [];
  });
  const analytic = terms.reduce((sum, term) => sum + term, 0);
  const h = STEP[type];
  const [wide, narrow] = [await slope(h), await slope(h / 3)];
  const noise = (ROUNDING[type] * (size + 1)) / h;
  const allowed = TOLERANCE[type] * (Math.hypot(...terms) + Math.abs(narrow)) + 3 * noise;
  if (Math.abs(narrow - analytic) <= allowed || Math.abs(wide - analytic) <= allowed) return 'agrees';
  // A difference that depends on its step says nothing.
  if (!(Math.abs(wide - narrow) <= allowed / 4)) return 'kink';
  assert.fail(`numeric ${wide}, ${narrow}, analytic ${analytic}, allowed ${allowed} in ${type}`);
}

const numbersOf = (value: Tensor | undefined): number[] => Array.from(value?.data ?? [], Number);

/** A cotangent of one number counts for all. */
function weighed(values: readonly number[], weights: readonly number[]): number {
  return values.reduce(
    (sum, value, i) => sum + value * (weights.length === 1 ? (weights[0] ?? 0) : (weights[i] ?? 0)),
    0,
  );
}
