import { describe, expect, it } from 'vitest';
import { randomFromSeed } from '../../src/paint/random.js';
import { type Codebook, countUse, followCells, restartDead } from '../../src/train/codebook.js';

const book = (): Codebook => ({
  ...{ codes: 2, width: 2 },
  rows: Float32Array.of(0, 0, 10, 10),
  use: Float32Array.of(0.5, 0.5),
  sums: Float32Array.of(0, 0, 5, 5),
});

describe('a codebook that follows what it is assigned', () => {
  it('moves each code to the mean of its cells and leaves unused ones where they are', () => {
    const codebook = book();
    const cells = Float32Array.of(2, 4, 4, 6);
    for (let step = 0; step < 400; step += 1) followCells(codebook, { cells, indices: [0, 0] });
    expect([...codebook.rows]).toEqual([
      expect.closeTo(3, 3),
      expect.closeTo(5, 3),
      expect.closeTo(10, 2),
      expect.closeTo(10, 2),
    ]);
    expect(codebook.use[0]).toBeCloseTo(1, 3);
  });

  it('counts the use of codes that learn by a loss, and moves those that nobody uses onto cells', () => {
    const codebook = book();
    const assignment = { cells: Float32Array.of(2, 4), indices: [0] };
    expect(restartDead(codebook, assignment, randomFromSeed(1))).toEqual([]);
    for (let step = 0; step < 200; step += 1) countUse(codebook, assignment);
    expect([...codebook.rows]).toEqual([0, 0, 10, 10]);
    expect(restartDead(codebook, assignment, randomFromSeed(1))).toEqual([1]);
    expect([...codebook.rows]).toEqual([0, 0, 2, 4]);
    expect(restartDead(codebook, assignment, randomFromSeed(1)), 'on probation').toEqual([]);
  });
});
