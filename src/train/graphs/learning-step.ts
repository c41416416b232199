import { elementCount, GraphBuilder, inline, type Model, type Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import type { Layout } from '../parameters.js';

/** One network whose optimiser is part of the graph. */
export interface LearningNetwork {
  readonly layout: Layout;
  /** Parameters that stay inputs of their own; their gradients stay outputs. */
  readonly shared: ReadonlySet<string>;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly longest: number;
  readonly hasAverage: boolean;
}

/** What a network carries from step to step, each one flat array; `average` where it has one. */
export const CARRIED = ['weights', 'first', 'second', 'average'] as const;
export type Carried = (typeof CARRIED)[number];

/** Scalars that a network is fed at each step. */
export const PACE = {
  /** 1 − rate·decay */
  kept: 'kept',
  /** rate / (1 − β₁ᵗ) */
  rate: 'rate',
  /** 1 / √(1 − β₂ᵗ) */
  scale: 'scale',
  /** What the running mean takes of the weights. */
  taken: 'taken',
} as const;

/** The name of a network's input; of an output with `next/` before it. */
export const nameOf = (network: number, name: string): string => `network${network}/${name}`;
export const NEXT = 'next/';
export const NORM = 'norm';

/**
 * A step graph with its optimiser behind it: parameters are cut from one flat array a network, and their gradients laid side by
 * side again, so that clipping, AdamW and the running mean are a dozen nodes whatever the network's size.
 */
export function learningStep(model: Model, networks: readonly LearningNetwork[]): Model {
  const b = new GraphBuilder();
  const flats = networks.map((network, index) => flatInputs(b, network, index));
  const parameters = new Map<string, Value>();
  for (const [index, network] of networks.entries()) {
    const weights = flats[index]?.weights;
    let offset = 0;
    for (const [name, { shape, length }] of network.layout.places) {
      if (network.shared.has(name) || !weights) continue;
      parameters.set(name, op.reshape(b, cut(b, weights, offset, length), shape));
      offset += length;
    }
  }
  const inputs = Object.fromEntries(
    model.graph.inputs.map(({ name, elementType = 'float32', shape = [] }) => [
      name,
      parameters.get(name) ?? b.input(name, { elementType, shape: shape.map(Number) }),
    ]),
  );
  const outputs = inline(b, model, { inputs, prefix: 'step/' });
  const taken = new Set<string>();
  for (const [index, network] of networks.entries()) {
    const flat = flats[index];
    if (!flat) continue;
    const names = [...network.layout.places.keys()];
    for (const name of names) if (!network.shared.has(name)) taken.add(`gradient/${name}`);
    learn(b, { network, index, flat, gradientOf: (name) => outputs[`gradient/${name}`] });
  }
  for (const [name, value] of Object.entries(outputs)) if (!taken.has(name)) b.output(value, name);
  return b.build('learning-step');
}

type Flat = Partial<Readonly<Record<Carried, Value>>> &
  Readonly<Record<'weights' | 'first' | 'second', Value>>;

function flatInputs(b: GraphBuilder, network: LearningNetwork, index: number): Flat {
  const size = carriedSize(network);
  const flat = (name: Carried) => b.input(nameOf(index, name), { elementType: 'float32', shape: [size] });
  return {
    ...{ weights: flat('weights'), first: flat('first'), second: flat('second') },
    ...(network.hasAverage && { average: flat('average') }),
  };
}

/** Floats that a network carries: all but what is shared. */
export function carriedSize({ layout, shared }: Pick<LearningNetwork, 'layout' | 'shared'>): number {
  return [...layout.places].reduce((sum, [name, { length }]) => sum + (shared.has(name) ? 0 : length), 0);
}

interface Learning {
  readonly network: LearningNetwork;
  readonly index: number;
  readonly flat: Flat;
  readonly gradientOf: (name: string) => Value | undefined;
}

function learn(b: GraphBuilder, { network, index, flat, gradientOf }: Learning): void {
  const { layout, shared, beta1, beta2, epsilon, longest } = network;
  const scalar = (name: string) => b.input(nameOf(index, name), { elementType: 'float32', shape: [] });
  const own: Value[] = [];
  const others: Value[] = [];
  for (const [name, { shape }] of layout.places) {
    const gradient = gradientOf(name);
    if (shared.has(name)) {
      if (gradient) others.push(gradient);
      continue;
    }
    const length = elementCount(shape);
    own.push(gradient ? op.reshape(b, gradient, [length]) : b.float32s(new Array(length).fill(0)));
  }
  const whole = joined(b, own);
  const square = [whole, ...others]
    .map((value) => op.reduceSumSquare(b, value, undefined, false))
    .reduce((sum, value) => op.add(b, sum, value));
  const norm = op.sqrt(b, square);
  b.output(norm, nameOf(index, NORM));
  const gradient = op.mul(b, whole, op.min(b, [b.scalar(1), op.div(b, b.scalar(longest), norm)]));
  const mix = (mean: Value, value: Value, beta: number) =>
    op.add(b, op.mul(b, mean, b.scalar(beta)), op.mul(b, value, b.scalar(1 - beta)));
  const first = mix(flat.first, gradient, beta1);
  const second = mix(flat.second, op.mul(b, gradient, gradient), beta2);
  const divisor = op.add(b, op.mul(b, op.sqrt(b, second), scalar(PACE.scale)), b.scalar(epsilon));
  const moved = op.div(b, op.mul(b, first, scalar(PACE.rate)), divisor);
  const weights = op.sub(b, op.mul(b, flat.weights, scalar(PACE.kept)), moved);
  const next: Partial<Record<Carried, Value>> = { weights, first, second };
  if (flat.average) {
    const difference = op.sub(b, weights, flat.average);
    next.average = op.add(b, flat.average, op.mul(b, difference, scalar(PACE.taken)));
  }
  for (const [name, value] of Object.entries(next)) b.output(value, NEXT + nameOf(index, name));
}

/** Devices bind only so many buffers at once. */
const AT_ONCE = 6;

function joined(b: GraphBuilder, parts: readonly Value[]): Value {
  let level = parts;
  while (level.length > 1) {
    const groups = Array.from({ length: Math.ceil(level.length / AT_ONCE) }, (_, index) =>
      level.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
    );
    level = groups.map((group) => (group.length > 1 ? op.concat(b, group, 0) : (group[0] as Value))); // never empty
  }
  const [whole] = level;
  if (!whole) throw new Error('A network needs parameters.');
  return whole;
}

function cut(b: GraphBuilder, value: Value, offset: number, length: number): Value {
  return op.slice(b, value, { starts: [offset], ends: [offset + length], axes: [0] });
}
