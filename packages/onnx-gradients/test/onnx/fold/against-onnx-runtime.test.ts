import { describe, expect, test } from 'vitest';
import { GraphBuilder } from '../../../src/onnx/builder.js';
import { fold } from '../../../src/onnx/fold/fold.js';
import { FOLD_RULES } from '../../../src/onnx/fold/rules.js';
import { isOperator } from '../../../src/onnx/shapes/rules.js';
import { runGraph } from '../../support/run-graph.js';
import { expectClose } from '../support/compare.js';
import type { NodeSample } from '../support/node-sample.js';
import { seeded, seedOf } from '../support/random.js';
import { describeSample, sampleModel } from '../support/sample-model.js';
import { SAMPLERS } from '../support/samplers/samplers.js';

const SAMPLES = 16;

/** What folding makes of a node whose operands are all constants. */
function folded(opType: string, { inputs, attributes = {}, outputs = 1 }: NodeSample) {
  const b = new GraphBuilder({ fold });
  const operands = inputs.map((tensor) => tensor && b.constant(tensor));
  return b.emit({ opType, inputs: operands, attributes, outputs }).map((value) => b.constantOf(value));
}

/** Scattering that adds or multiplies is left to the runtime. */
const isLeft = ({ attributes = {} }: NodeSample) =>
  !['none', undefined].includes(attributes['reduction']?.value as string | undefined); // a string, where it is there

describe('folding computes what ONNX Runtime computes', () => {
  for (const opType of Object.keys(FOLD_RULES).filter(isOperator)) {
    test(opType, async () => {
      // Other cases than the shape rules see.
      const random = seeded(seedOf(`fold ${opType}`));
      for (let i = 0; i < SAMPLES; i += 1) {
        const sample = SAMPLERS[opType](random);
        if (isLeft(sample)) continue;
        const text = describeSample(opType, sample);
        const { model, feeds, outputs } = sampleModel(opType, sample);
        const results = await runGraph(model, feeds);
        const constants = folded(opType, sample);
        expect(constants).toHaveLength(outputs.length);
        for (const [index, constant] of constants.entries())
          expectClose(constant, results[`y${index}`], text);
      }
    });
  }
});
