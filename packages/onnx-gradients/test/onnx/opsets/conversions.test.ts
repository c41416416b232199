import { describe, expect, test } from 'vitest';
import type { Model } from '../../../src/onnx/graph.js';
import { prepareModel } from '../../../src/onnx/prepare-model.js';
import { isOperator } from '../../../src/onnx/shapes/rules.js';
import type { Tensor } from '../../../src/onnx/tensor.js';
import { runGraph } from '../../support/run-graph.js';
import { expectClose } from '../support/compare.js';
import { OPSET_ROWS, type OpsetRow } from './rows.js';

/** A model of one node at the row's own opset, with nothing said about its outputs. */
function modelOf({ opType, opset, inputs, attributes = {}, outputs = 1, fed = [0] }: OpsetRow): {
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

describe('a node of another opset means the same at the working one', () => {
  for (const row of OPSET_ROWS) {
    test(`${row.title} (opset ${row.opset})`, async () => {
      const { model, feeds } = modelOf(row);
      const prepared = prepareModel(model);
      expect(prepared.opsets).toEqual({ '': 18 });
      expect(prepared.graph.nodes.map((node) => node.opType).filter((opType) => !isOperator(opType))).toEqual(
        [],
      );
      const [before, after] = [await runGraph(model, feeds), await runGraph(prepared, feeds)];
      for (const name of Object.keys(before)) expectClose(after[name], before[name], row.title, 1e-5);
    });
  }
});
