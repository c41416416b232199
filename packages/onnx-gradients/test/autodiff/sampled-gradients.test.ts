import { describe, expect, test } from 'vitest';
import { OPERATORS } from '../../src/autodiff/operators.js';
import { isOperator } from '../../src/onnx/shapes/rules.js';
import { seeded, seedOf } from '../onnx/support/random.js';
import { describeSample } from '../onnx/support/sample-model.js';
import { SAMPLERS } from '../onnx/support/samplers/samplers.js';
import { checkSample, type Verdict } from './support/check-sample.js';

/** Nodes an operator: `npm run test:gradients` asks for 500. */
const SAMPLES = Number(process.env['GRADIENT_SAMPLES'] ?? 2);
const FIRST = Number(process.env['GRADIENT_SEED'] ?? 0);

describe('the gradient of a random node equals the differences of what ONNX Runtime computes', () => {
  const withRule = Object.keys(OPERATORS)
    .filter(isOperator)
    .filter((opType) => OPERATORS[opType].kind === 'rule');
  test.each(withRule)('%s', { timeout: 3_600_000 }, async (opType) => {
    const counts: Record<Verdict, number> = { agrees: 0, refused: 0, flat: 0, kink: 0 };
    const wrong: string[] = [];
    for (let seed = FIRST; seed < FIRST + SAMPLES; seed += 1) {
      const random = seeded(seedOf(`${opType} ${seed}`));
      const sample = SAMPLERS[opType](random);
      try {
        counts[await checkSample({ opType, sample, random })] += 1;
      } catch (error) {
        wrong.push(`${seed}: ${describeSample(opType, sample)}: ${(error as Error).message.slice(0, 200)}`);
      }
    }
    if (process.env['GRADIENT_SAMPLES']) console.info(opType, JSON.stringify(counts));
    expect(wrong).toEqual([]);
  });
});
