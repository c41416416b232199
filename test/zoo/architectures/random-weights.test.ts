import { expect, test } from 'vitest';
import { randomWeights } from '../../../src/zoo/architectures/random-weights.js';

const values = (seed: number, name: string, shape: readonly number[]) =>
  [...randomWeights(seed)(name, shape).data].map(Number);
const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
const variance = (of: readonly number[]) => mean(of.map((value) => value ** 2)) - mean(of) ** 2;

test('a kernel keeps activations near unit size: its variance is 1 / fan-in', () => {
  const kernel = values(3, 'conv.weight', [64, 32, 3, 3]);
  expect(mean(kernel)).toBeCloseTo(0, 3);
  expect(variance(kernel) * 32 * 9).toBeCloseTo(1, 1);
});

test('scales of normalisations lie around 1, biases around 0', () => {
  expect(mean(values(3, 'norm.weight', [4096]))).toBeCloseTo(1, 1);
  expect(mean(values(3, 'norm.bias', [4096]))).toBeCloseTo(0, 1);
});

test('a tensor depends on its seed and name, not on what was asked for before', () => {
  const source = randomWeights(5);
  const first = source('a.weight', [2, 3]);
  expect(source('b.weight', [2, 3])).not.toEqual(first);
  expect(randomWeights(6)('a.weight', [2, 3])).not.toEqual(first);
  expect(source('a.weight', [2, 3])).toEqual(first);
});

test('neighbours are not alike', () => {
  const kernel = values(1, 'conv.weight', [1, 4096]);
  const products = kernel.slice(1).map((value, index) => value * (kernel[index] ?? 0));
  expect(mean(products) / variance(kernel)).toBeCloseTo(0, 1);
});
