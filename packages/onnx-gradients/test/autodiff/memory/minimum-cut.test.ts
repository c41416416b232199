import { describe, expect, test } from 'vitest';
import { FlowNetwork } from '../../../src/autodiff/memory/minimum-cut.js';

const network = (...edges: readonly (readonly [from: number, to: number, capacity: number])[]) => {
  const built = new FlowNetwork();
  for (const [from, to, capacity] of edges) built.addEdge(from, to, capacity);
  return built;
};

describe('the side of the sink', () => {
  test('needs flow to be sent back where a first path took the wrong way', () => {
    // All four outer edges can be full only if nothing flows through the middle one.
    const diamond = network([0, 1, 3], [0, 2, 2], [1, 2, 3], [1, 3, 2], [2, 3, 3]);
    expect([...diamond.sinkSide(0, 3)].sort()).toEqual([3]);
  });

  test('is the smallest of equal ones', () => {
    expect([...network([0, 1, 1], [1, 2, 1], [2, 3, 1]).sinkSide(0, 3)].sort()).toEqual([3]);
  });

  test('reaches up to a narrow place', () => {
    expect([...network([0, 1, 9], [1, 2, 1], [2, 3, 9]).sinkSide(0, 3)].sort()).toEqual([2, 3]);
  });

  test('adds capacities of parallel edges', () => {
    expect([...network([0, 1, 2], [0, 1, 2], [1, 2, 3]).sinkSide(0, 2)].sort()).toEqual([2]);
  });

  test('leaves out what cannot reach the sink', () => {
    expect([...network([0, 1, 1], [1, 3, 2], [0, 2, 5]).sinkSide(0, 3)].sort()).toEqual([1, 3]);
  });

  test('does not exist where a path has no finite edge', () => {
    const endless = network([0, 1, Number.POSITIVE_INFINITY], [1, 2, Number.POSITIVE_INFINITY]);
    expect(() => endless.sinkSide(0, 2)).toThrow('no finite edge');
  });
});
