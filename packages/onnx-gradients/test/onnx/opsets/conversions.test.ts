import { describe, expect, test } from 'vitest';
import { prepareModel } from '../../../src/onnx/prepare-model.js';
import { isOperator } from '../../../src/onnx/shapes/rules.js';
import { runGraph } from '../../support/run-graph.js';
import { expectClose } from '../support/compare.js';
import { modelOf, ROWS } from './all-rows.js';

describe('a node of another opset means the same at the working one', () => {
  for (const row of ROWS) {
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
