import { describe, expect, it } from 'vitest';
import { randomFromSeed, randomFromState } from '../../src/paint/random.js';

describe('the generator', () => {
  it('is xoshiro128** 1.1: from state 1, 2, 3, 4 it gives the reference outputs', () => {
    const random = randomFromState([1, 2, 3, 4]);
    const words = Array.from({ length: 5 }, () => Math.floor(random.uniform() * 0x1000000));
    // Printed by the authors' C code, compiled and run on the same state.
    expect(words).toEqual([11520, 0, 5927040, 70819200, 2031721883].map((word) => word >>> 8));
  });

  it('goes on from a saved state as if it had never stopped', () => {
    const random = randomFromSeed(7);
    for (let draw = 0; draw < 101; draw += 1) random.normal();
    const resumed = randomFromState(random.state());
    for (let draw = 0; draw < 50; draw += 1) expect(resumed.normal()).toBe(random.normal());
  });

  it('gives different streams for neighbouring seeds', () => {
    const firsts = new Set(Array.from({ length: 1000 }, (_, seed) => randomFromSeed(seed).uniform()));
    expect(firsts.size).toBeGreaterThan(990);
  });

  it('draws normals with mean 0, variance 1 and kurtosis 3', () => {
    const random = randomFromSeed(1);
    const draws = Array.from({ length: 100_000 }, () => random.normal());
    const moment = (power: number) => draws.reduce((sum, x) => sum + x ** power, 0) / draws.length;
    expect(moment(1)).toBeCloseTo(0, 1.7);
    expect(moment(2)).toBeCloseTo(1, 1.3);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.15);
  });

  it('draws integers evenly and never the bound', () => {
    const random = randomFromSeed(2);
    const counts = [0, 0, 0, 0, 0, 0, 0];
    for (let draw = 0; draw < 7000; draw += 1) {
      const index = random.integer(7);
      counts[index] = (counts[index] ?? Number.NaN) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
