import { int, string } from '../../../src/onnx/builder.js';
import type { Attributes } from '../../../src/onnx/graph.js';
import { castTensor } from '../../../src/onnx/fold/cast.js';
import { floats, vector } from '../support/node-sample.js';
import { seeded } from '../support/random.js';
import type { OpsetRow } from './rows.js';

const r = seeded(22);
const [LENGTH, BATCH, WIDTH, HIDDEN] = [4, 2, 3, 5];

interface Layer {
  readonly gates: number;
  readonly directions?: number;
  readonly attributes?: Attributes;
  /** Beside x, the weights and the bias: lengths, initial states, peepholes. */
  readonly more?: OpsetRow['inputs'];
  readonly hasBias?: boolean;
}

function layer(title: string, opType: string, options: Layer): OpsetRow {
  const { gates, directions = 1, attributes = {}, more = [], hasBias = true } = options;
  const inputs = [
    floats(r, [LENGTH, BATCH, WIDTH]),
    floats(r, [directions, gates * HIDDEN, WIDTH]),
    floats(r, [directions, gates * HIDDEN, HIDDEN]),
    hasBias ? floats(r, [directions, 2 * gates * HIDDEN]) : undefined,
    ...more,
  ];
  return {
    title: `${opType} ${title}`,
    opType,
    opset: 14,
    inputs,
    attributes: { hidden_size: int(HIDDEN), ...attributes },
    outputs: opType === 'LSTM' ? 3 : 2,
    fed: [0, 2, 5, 6],
  };
}

const lengths = castTensor(vector([4, 2]), 'int32');
const state = (directions = 1) => floats(r, [directions, BATCH, HIDDEN]);
const both = { direction: string('bidirectional') };
const activations = (...value: readonly string[]): Attributes => ({
  activations: { kind: 'strings', value },
});

export const RECURRENT_ROWS: readonly OpsetRow[] = [
  layer('forwards', 'LSTM', { gates: 4 }),
  layer('without biases, from given states', 'LSTM', {
    gates: 4,
    hasBias: false,
    more: [undefined, state(), state()],
  }),
  layer('in both directions, with lengths and states', 'LSTM', {
    gates: 4,
    directions: 2,
    attributes: both,
    more: [lengths, state(2), state(2)],
  }),
  layer('that looks at its cell', 'LSTM', {
    gates: 4,
    more: [undefined, undefined, undefined, floats(r, [1, 3 * HIDDEN])],
  }),
  layer('that forgets what it does not take', 'LSTM', { gates: 4, attributes: { input_forget: int(1) } }),
  layer('forwards', 'GRU', { gates: 3 }),
  layer('as PyTorch has it, backwards, with lengths', 'GRU', {
    gates: 3,
    attributes: { linear_before_reset: int(1), direction: string('reverse') },
    more: [lengths, state()],
  }),
  layer('in both directions of other activations', 'GRU', {
    gates: 3,
    directions: 2,
    attributes: { ...both, ...activations('Sigmoid', 'Softsign', 'Sigmoid', 'Tanh') },
  }),
  layer('in both directions', 'RNN', { gates: 1, directions: 2, attributes: both }),
  layer('without biases, of Relu', 'RNN', { gates: 1, hasBias: false, attributes: activations('Relu') }),
];
