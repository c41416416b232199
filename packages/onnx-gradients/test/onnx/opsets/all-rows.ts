import type { Model } from '../../../src/onnx/graph.js';
import type { Tensor } from '../../../src/onnx/tensor.js';
import { PLACING_ROWS } from './placing-rows.js';
import { RECURRENT_ROWS } from './recurrent-rows.js';
import { OPSET_ROWS, type OpsetRow } from './rows.js';

export const ROWS: readonly OpsetRow[] = [...OPSET_ROWS, ...PLACING_ROWS, ...RECURRENT_ROWS];

/** A model of one node at the row's own opset, with nothing said about its outputs. */
export function modelOf({ opType, opset, inputs, attributes = {}, outputs = 1, fed = [0] }: OpsetRow): {
  readonly model: Model;
  readonly feeds: Readonly<Record<string, Tensor>>;
} {
  const named = inputs.map((tensor, index) => ({
    name: tensor ? `x${index}` : '',
    tensor,
    isFed: fed.includes(index),
  }));
  const present = named.flatMap(({ tensor, ...rest }) => (tensor ? [{ ...rest, tensor }] : []));
  const outputNames = Array.from({ length: outputs }, (_, index) => `y${index}`);
  const model: Model = {
    irVersion: 8,
    opsets: { '': opset },
    producer: 'test',
    metadata: {},
    graph: {
      name: opType,
      inputs: present
        .filter(({ isFed }) => isFed)
        .map(({ name, tensor: { elementType, shape } }) => ({ name, elementType, shape })),
      outputs: outputNames.map((name) => ({ name })),
      initializers: new Map(present.filter(({ isFed }) => !isFed).map(({ name, tensor }) => [name, tensor])),
      nodes: [
        {
          name: 'node',
          opType,
          domain: '',
          inputs: named.map(({ name }) => name),
          outputs: outputNames,
          attributes,
        },
      ],
    },
  };
  const feeds = present.filter(({ isFed }) => isFed).map(({ name, tensor }) => [name, tensor] as const);
  return { model, feeds: Object.fromEntries(feeds) };
}
