import { describe, expect, it } from 'vitest';
import { learningRateAt } from '../../../src/paint/step/schedule.js';

const [STEPS, FULL] = [101, 2];
const rateAt = (step: number, schedule: 'cosine' | 'linear' | 'constant' | 'warm') =>
  learningRateAt(step, { steps: STEPS, schedule }, FULL);
const middle = (1 + STEPS) / 2;

describe('a learning rate', () => {
  it.each(['cosine', 'linear'] as const)(
    'falls to a tenth, half of the way in the middle: %s',
    (schedule) => {
      expect([1, middle, STEPS].map((step) => rateAt(step, schedule) / FULL)).toEqual([
        1,
        expect.closeTo(0.55, 9),
        expect.closeTo(0.1, 9),
      ]);
    },
  );

  it('that is linear falls by as much at every step, and a cosine most in the middle', () => {
    const fall = (at: number, schedule: 'cosine' | 'linear') =>
      rateAt(at, schedule) - rateAt(at + 1, schedule);
    expect(fall(1, 'linear')).toBeCloseTo(fall(70, 'linear'), 9);
    expect(fall(middle, 'cosine')).toBeGreaterThan(5 * fall(3, 'cosine'));
  });

  it('that is warm rises for a tenth of the steps, then falls as a cosine does', () => {
    const rates = Array.from({ length: STEPS }, (_, index) => rateAt(index + 1, 'warm'));
    const top = rates.indexOf(Math.max(...rates));
    expect(top).toBe(10);
    expect(rates[top]).toBeCloseTo(FULL, 9);
    expect(rates[0]).toBeCloseTo(FULL / 10, 9);
    expect(rates[5]).toBeCloseTo((0.1 + 0.9 / 2) * FULL, 9);
    expect(rates.slice(top)).toEqual(rates.slice(top).toSorted((a, b) => b - a));
    expect(rates.at(-1)).toBeCloseTo(FULL / 10, 9);
  });

  it('that is constant stays, whatever the leg', () => {
    expect(new Set([1, 50, STEPS].map((step) => rateAt(step, 'constant')))).toEqual(new Set([FULL]));
  });
});
