import { attributeOf, intAttribute, requiredInt, stringAttribute } from '../attributes.js';
import type { GraphBuilder, Value } from '../builder.js';
import {
  add,
  cast,
  concat,
  expand,
  gemm,
  less,
  matMul,
  mul,
  relu,
  reshape,
  sigmoid,
  softplus,
  split,
  sub,
  tanh,
  transpose,
  type Unary,
  unsqueeze,
  where,
} from '../ops.js';
import { scalarLike } from './activations.js';
import { type Call, type Conversion, inputOf } from './call.js';

/** Nodes that a step is written as, about, and how many a graph may have: its gradient has three times as many. */
const NODES_A_STEP = 16;
const MOST_NODES = 2 ** 15;

const ACTIVATIONS: Readonly<Record<string, Unary>> = {
  relu,
  sigmoid,
  softplus,
  softsign: (b, x) => b.op('Softsign', [x]),
  tanh,
};

/** What passes from one step to the next: the hidden state, and an LSTM's cell. */
type State = readonly Value[];

/** One direction of a layer: its weights without the axis of directions. */
interface Direction {
  readonly call: Call;
  readonly hidden: number;
  /** [gates · hidden, hidden] and [gates · hidden]. */
  readonly recurrence: Value;
  readonly recurrentBias: Value | undefined;
  /** [3 · hidden], LSTM's only. */
  readonly peepholes: Value | undefined;
  readonly activations: readonly Unary[];
}

interface Kind {
  readonly gates: number;
  readonly defaults: readonly string[];
  /** Inputs in which the states begin. */
  readonly states: readonly number[];
  /** The states after a step, from x·Wᵀ + its bias [batch, gates · hidden]. */
  readonly step: (direction: Direction, x: Value, states: State) => State;
}

const at = <T>(values: readonly T[], index: number): T => {
  const value = values[index];
  if (value === undefined) throw new Error(`Expected a part ${index}.`);
  return value;
};

/** h·Rᵀ + its bias, of all gates. */
const recurrent = ({ call: { b }, recurrence, recurrentBias }: Direction, h: Value): Value =>
  gemm(b, [h, recurrence, recurrentBias], { transB: true });

const parts = (b: GraphBuilder, x: Value, count: number, size: number): readonly Value[] =>
  count === 1 ? [x] : split(b, x, Array<number>(count).fill(size), -1);

const simple: Kind = {
  gates: 1,
  defaults: ['Tanh'],
  states: [5],
  step: (direction, x, [h]) => {
    const { b } = direction.call;
    return [at(direction.activations, 0)(b, add(b, x, recurrent(direction, h as Value)))]; // one state, given below
  },
};

/** Gates i, o, f, c: C′ = f·C + i·c and H′ = o·h(C′), with C looked at through the peepholes. */
const longShort: Kind = {
  gates: 4,
  defaults: ['Sigmoid', 'Tanh', 'Tanh'],
  states: [5, 6],
  step: (direction, x, states) => {
    const { call, hidden, peepholes, activations } = direction;
    const { b, node } = call;
    const [h, c] = [at(states, 0), at(states, 1)];
    const [f, g, out] = [at(activations, 0), at(activations, 1), at(activations, 2)];
    const [i, o, forget, cell] = parts(b, add(b, x, recurrent(direction, h)), 4, hidden);
    const holes = peepholes && parts(b, peepholes, 3, hidden);
    const seen = (gate: Value | undefined, hole: number, value: Value) => {
      if (!gate) throw new Error('Expected four gates.');
      return holes ? add(b, gate, mul(b, value, at(holes, hole))) : gate;
    };
    const input = f(b, seen(i, 0, c));
    const isCoupled = intAttribute(node, 'input_forget', 0) === 1;
    const kept = isCoupled ? sub(b, scalarLike(b, x, 1), input) : f(b, seen(forget, 2, c));
    const next = add(b, mul(b, kept, c), mul(b, input, g(b, cell ?? x)));
    return [mul(b, f(b, seen(o, 1, next)), out(b, next)), next];
  },
};

/** Gates z, r, h: H′ = (1 − z)·h + z·H; r is put on H before or after its product. */
const gated: Kind = {
  gates: 3,
  defaults: ['Sigmoid', 'Tanh'],
  states: [5],
  step: (direction, x, states) => {
    const { call, hidden, activations, recurrence, recurrentBias } = direction;
    const { b, node } = call;
    const h = at(states, 0);
    const [f, g] = [at(activations, 0), at(activations, 1)];
    const given = parts(b, x, 3, hidden);
    const isAfter = intAttribute(node, 'linear_before_reset', 0) !== 0;
    const matrices = split(b, recurrence, [2 * hidden, hidden], 0);
    const biases = recurrentBias && split(b, recurrentBias, [2 * hidden, hidden], 0);
    const product = (value: Value, which: number) =>
      gemm(b, [value, at(matrices, which), biases?.[which]], { transB: true });
    const open = parts(b, f(b, add(b, concat(b, given.slice(0, 2), -1), product(h, 0))), 2, hidden);
    const [z, r] = [at(open, 0), at(open, 1)];
    const past = isAfter ? mul(b, r, product(h, 1)) : product(mul(b, r, h), 1);
    const candidate = g(b, add(b, at(given, 2), past));
    return [add(b, candidate, mul(b, z, sub(b, h, candidate)))];
  },
};

function activationsOf({ node }: Call, { defaults }: Kind, directions: number): readonly Unary[] {
  const given = attributeOf(node, 'activations', 'strings');
  const names = given ?? Array<readonly string[]>(directions).fill(defaults).flat();
  for (const name of ['activation_alpha', 'activation_beta', 'clip']) {
    const value = node.attributes[name]?.value;
    const isSaid = Array.isArray(value) ? value.length > 0 : value !== undefined;
    if (isSaid) throw new Error(`The attribute \`${name}\` is not supported.`);
  }
  if (names.length !== directions * defaults.length)
    throw new Error(`Expected ${directions * defaults.length} activations, got ${names.length}.`);
  return names.map((name) => {
    const activation = ACTIVATIONS[name.toLowerCase()];
    if (!activation) throw new Error(`The activation ${name} is not supported.`);
    return activation;
  });
}

/** The part of a weight that belongs to one direction, without that axis. */
function ownOf(b: GraphBuilder, weight: Value | undefined, direction: number): Value | undefined {
  if (!weight) return undefined;
  const [count = 1, ...rest] = weight.type.shape;
  const own = count === 1 ? weight : at(split(b, weight, Array<number>(count).fill(1), 0), direction);
  return reshape(b, own, rest);
}

interface Unrolled {
  /** [batch, hidden] of each position. */
  readonly outputs: readonly Value[];
  readonly states: State;
}

interface Steps {
  readonly kind: Kind;
  readonly direction: Direction;
  /** What each position gives to the gates, in the order of the sequence. */
  readonly given: readonly Value[];
  readonly initial: State;
  readonly isReversed: boolean;
  /** [batch, 1]: positions from there on count nothing. */
  readonly lengths: Value | undefined;
}

function unrolled({ kind, direction, given, initial, isReversed, lengths }: Steps): Unrolled {
  const { b } = direction.call;
  const outputs: Value[] = [];
  let states = initial;
  const positions = [...given.keys()];
  for (const position of isReversed ? positions.reverse() : positions) {
    const before = states;
    const after = kind.step(direction, at(given, position), before);
    const counts = lengths && less(b, b.int64(position), lengths);
    states = counts ? after.map((value, index) => where(b, counts, value, at(before, index))) : after;
    const h = at(after, 0);
    outputs[position] = counts ? where(b, counts, h, scalarLike(b, h, 0)) : h;
  }
  return { outputs, states };
}

/** A recurrent layer (7 to 22) of a known number of steps, written out. */
const layer =
  (kind: Kind): Conversion =>
  (call) => {
    const { b, node, inputs } = call;
    const isBatchFirst = intAttribute(node, 'layout', 0) === 1;
    const x = isBatchFirst ? transpose(b, inputOf(call, 0), [1, 0, 2]) : inputOf(call, 0);
    const [length = 1, batch = 1, width = 1] = x.type.shape;
    const [weights, recurrences] = [inputOf(call, 1), inputOf(call, 2)];
    const hidden = recurrences.type.shape[2] ?? 1;
    if (requiredInt(node, 'hidden_size') !== hidden)
      throw new Error(`Expected \`hidden_size\` to be ${hidden}.`);
    const mode = stringAttribute(node, 'direction', 'forward');
    const directions = mode === 'bidirectional' ? 2 : 1;
    if (weights.type.shape[0] !== directions)
      throw new Error(`Expected weights of ${directions} directions.`);
    const steps = length * directions;
    if (b.nodes.length + steps * NODES_A_STEP > MOST_NODES)
      throw new Error(`Its ${steps} steps, written out one by one, make the graph too long.`);
    const activations = activationsOf(call, kind, directions);
    const lengths = inputs[4] && reshape(b, cast(b, inputs[4], 'int64'), [batch, 1]);
    const biases = inputs[3];
    const rows = reshape(b, x, [length * batch, width]);
    const turned = (state: Value | undefined) =>
      state && isBatchFirst ? transpose(b, state, [1, 0, 2]) : state;
    const results = Array.from({ length: directions }, (_, index): Unrolled => {
      const own = ownOf(b, biases, index);
      const [inputBias, recurrentBias] = own
        ? split(b, own, [kind.gates * hidden, kind.gates * hidden], 0)
        : [];
      const weight = transpose(b, ownOf(b, weights, index) ?? weights, [1, 0]);
      const product = matMul(b, rows, weight);
      const all = reshape(b, inputBias ? add(b, product, inputBias) : product, [
        length,
        batch,
        kind.gates * hidden,
      ]);
      const given = (length === 1 ? [all] : split(b, all, Array<number>(length).fill(1), 0)).map((part) =>
        reshape(b, part, [batch, kind.gates * hidden]),
      );
      const direction: Direction = {
        call,
        hidden,
        recurrence: ownOf(b, recurrences, index) ?? recurrences,
        recurrentBias,
        peepholes: kind === longShort ? ownOf(b, inputs[7], index) : undefined,
        activations: activations.slice(index * kind.defaults.length),
      };
      const initial = kind.states.map(
        (input) => ownOf(b, turned(inputs[input]), index) ?? expand(b, scalarLike(b, x, 0), [batch, hidden]),
      );
      const isReversed = mode === 'reverse' || index === 1;
      return unrolled({ kind, direction, given, initial, isReversed, lengths });
    });
    const stacked = (values: readonly Value[], axis: number) =>
      concat(
        b,
        values.map((value) => unsqueeze(b, value, [axis])),
        axis,
      );
    const positions = Array.from({ length }, (_, position) =>
      stacked(
        results.map(({ outputs }) => at(outputs, position)),
        isBatchFirst ? 1 : 0,
      ),
    );
    const y = stacked(positions, isBatchFirst ? 1 : 0);
    const last = kind.states.map((_, state) =>
      stacked(
        results.map(({ states }) => at(states, state)),
        isBatchFirst ? 1 : 0,
      ),
    );
    return [y, ...last];
  };

export const RECURRENT: Readonly<Record<string, Conversion>> = {
  GRU: layer(gated),
  LSTM: layer(longShort),
  RNN: layer(simple),
};
