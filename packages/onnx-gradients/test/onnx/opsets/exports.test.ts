import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readModel } from '../../../src/onnx/codec/read-model.js';
import { prepareModel } from '../../../src/onnx/prepare-model.js';
import { isOperator } from '../../../src/onnx/shapes/rules.js';
import { FIXTURES } from '../../support/folders.js';
import { runGraph, type Tensors } from '../../support/run-graph.js';
import { expectClose } from '../support/compare.js';
import { floats, integers } from '../support/node-sample.js';
import { seeded } from '../support/random.js';

/** One network, exported by PyTorch's old exporter (to 17) and new one (from 18); see training/reference. */
const OPSETS = [11, 13, 17, 18, 20, 23];
const SIZES = { n: 3, h: 7, w: 10 };

const read = (opset: number) => readModel(join(FIXTURES, `onnx-opset-${opset}.onnx`));

const random = seeded(23);
const feeds: Tensors = { picture: floats(random, [3, 3, 7, 10]), ids: integers(random, [3, 4], 0, 6) };

describe('one network exported at six opsets', () => {
  for (const opset of OPSETS) {
    test(`opset ${opset} computes the same before and after it is prepared`, async () => {
      const model = read(opset);
      expect(model.opsets['']).toBe(opset);
      const prepared = prepareModel(model, { dimensions: SIZES });
      const [before, after] = [await runGraph(model, feeds), await runGraph(prepared, feeds)];
      for (const name of ['output', 'winners']) expectClose(after[name], before[name], name, 1e-5);
    });

    test(`opset ${opset} becomes static arithmetic: no shape operators, no unknown ones`, () => {
      const { graph } = prepareModel(read(opset), { dimensions: SIZES });
      const names = graph.nodes.map((node) => node.opType);
      const unwanted = ['Shape', 'Constant', 'ConstantOfShape', 'Identity', 'Dropout', 'Range', 'Expand'];
      expect(names.filter((name) => unwanted.includes(name) || !isOperator(name))).toEqual([]);
      expect(graph.inputs.map(({ shape }) => shape)).toEqual([
        [3, 3, 7, 10],
        [3, 4],
      ]);
    });
  }

  test('all opsets agree with one another', async () => {
    const [first, ...others] = await Promise.all(
      OPSETS.map((opset) => runGraph(prepareModel(read(opset), { dimensions: SIZES }), feeds)),
    );
    for (const [i, other] of others.entries()) {
      expectClose(other['output'], first?.['output'], `opset ${OPSETS[i + 1]}`, 1e-4);
    }
  });
});
