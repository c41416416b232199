import type { Attributes } from '../../../src/onnx/graph.js';
import { elementCount, float32, int64, type Shape, type Tensor } from '../../../src/onnx/tensor.js';
import type { Random } from './random.js';

/** One node with the values of its operands. */
export interface NodeSample {
  readonly inputs: readonly (Tensor | undefined)[];
  readonly attributes?: Attributes;
  readonly outputs?: number;
}

/** Draws a node of one operator: small odd shapes, every attribute that changes shapes. */
export type Sampler = (random: Random) => NodeSample;

export function shapeOf(r: Random, rank: number, low = 1, high = 5): number[] {
  return Array.from({ length: rank }, () => r.int(low, high));
}

/** Numbers in (−2, 2), away from the poles and kinks at 0 and ±1 by chance only. */
export function floats(r: Random, shape: Shape): Tensor {
  return float32(
    shape,
    Float32Array.from({ length: elementCount(shape) }, () => r.next() * 4 - 2),
  );
}

/** Numbers in (0.1, 2.1). */
export function positives(r: Random, shape: Shape): Tensor {
  return float32(
    shape,
    Float32Array.from({ length: elementCount(shape) }, () => r.next() * 2 + 0.1),
  );
}

export function integers(r: Random, shape: Shape, low: number, high: number): Tensor {
  return int64(
    shape,
    Array.from({ length: elementCount(shape) }, () => r.int(low, high)),
  );
}

export function bools(r: Random, shape: Shape): Tensor {
  return {
    elementType: 'bool',
    shape,
    data: Uint8Array.from({ length: elementCount(shape) }, () => r.int(0, 1)),
  };
}

/** A vector of int64, as axes and shapes are. */
export const vector = (values: readonly number[]): Tensor => int64([values.length], values);

/** Shapes that broadcast to one another: axes dropped at the front or set to 1. */
export function broadcastable(r: Random, count: number): number[][] {
  const full = shapeOf(r, r.int(0, 4));
  return Array.from({ length: count }, () => {
    const dropped = full.slice(r.int(0, full.length));
    return dropped.map((dimension) => (r.next() < 0.3 ? 1 : dimension));
  });
}

/** Some axes of a rank, in random order, negative or not. */
export function someAxes(r: Random, rank: number, least = 1): number[] {
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  const chosen: number[] = [];
  const count = r.int(Math.min(least, rank), rank);
  while (chosen.length < count) chosen.push(...axes.splice(r.int(0, axes.length - 1), 1));
  return chosen.map((axis) => (r.bool() ? axis : axis - rank));
}

export const anyAxis = (r: Random, rank: number): number => r.int(-rank, rank - 1);

export function permutation(r: Random, rank: number): number[] {
  return someAxes(r, rank, rank).map((axis) => (axis < 0 ? axis + rank : axis));
}
