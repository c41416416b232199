import { describe, expect, test } from 'vitest';
import { isOperator, SHAPE_RULES } from '../../../src/onnx/shapes/rules.js';
import { runGraph } from '../../support/run-graph.js';
import { seeded, seedOf } from '../support/random.js';
import { describeSample, sampleModel, withoutOutputTypes } from '../support/sample-model.js';
import { SAMPLERS } from '../support/samplers/samplers.js';

const SAMPLES = 16;

describe('every shape rule says what ONNX Runtime computes', () => {
  for (const opType of Object.keys(SHAPE_RULES).filter(isOperator)) {
    test(opType, async () => {
      const random = seeded(seedOf(opType));
      for (let i = 0; i < SAMPLES; i += 1) {
        const sample = SAMPLERS[opType](random);
        const text = describeSample(opType, sample);
        const { model, feeds, outputs } = sampleModel(opType, sample);
        const results = await runGraph(withoutOutputTypes(model), feeds);
        for (const [index, { type }] of outputs.entries()) {
          const actual = results[`y${index}`];
          expect({ text, elementType: type.elementType, shape: type.shape }).toEqual({
            text,
            elementType: actual?.elementType,
            shape: actual?.shape,
          });
        }
      }
    });
  }
});
