import { describe, expect, it } from 'vitest';
import { ints, string } from '../../src/onnx/builder.js';
import type { Attributes } from '../../src/onnx/graph.js';
import type { Shape } from '../../src/onnx/tensor.js';
import { emittedFor } from './support/emitted.js';
import { float } from './support/gradient-of-sum.js';

interface Setting {
  readonly x: Shape;
  readonly sizes: readonly number[];
  readonly attributes?: Attributes;
}

function nodesOf({ x, sizes, attributes }: Setting) {
  return emittedFor((b) => {
    const by = float(b, 'x', ...x);
    const named = { mode: string('linear'), ...attributes };
    return { y: b.op('Resize', [by, undefined, undefined, b.int64s(sizes)], named), by };
  }).needed;
}

const kinds = (setting: Setting) => nodesOf(setting).map(({ opType }) => opType);

describe('the gradient of a Resize that is no sum of blocks', () => {
  it.each([
    // From h × w to h × w; what the gradient is after the first of its two products.
    [
      [4, 10],
      [8, 5],
      [4, 5],
    ],
    [
      [10, 4],
      [5, 8],
      [5, 4],
    ],
    [
      [4, 4],
      [8, 16],
      [8, 4],
    ],
    [
      [4, 4],
      [16, 8],
      [4, 8],
    ],
    [
      [8, 8],
      [4, 2],
      [8, 2],
    ],
    [
      [8, 8],
      [2, 4],
      [2, 8],
    ],
    [
      [3, 5],
      [12, 15],
      [3, 15],
    ],
    [
      [5, 3],
      [15, 12],
      [15, 3],
    ],
  ])('from %o to %o is taken along the axis that shrinks most first', (from, to, between) => {
    const shapes = nodesOf({ x: [1, 1, ...from], sizes: [1, 1, ...to] }).map(({ shape }) => shape);
    expect(shapes).toContainEqual([1, 1, ...between]);
    expect(shapes.at(-1)).toEqual([1, 1, ...from]);
  });

  it('of a last axis is a product of rows, and of any other a product of blocks', () => {
    const ends = (setting: Setting) => nodesOf(setting).slice(-3);
    expect(ends({ x: [1, 2, 3, 4], sizes: [1, 2, 3, 7] })).toEqual([
      { opType: 'Reshape', shape: [6, 7] },
      { opType: 'MatMul', shape: [6, 4] },
      { opType: 'Reshape', shape: [1, 2, 3, 4] },
    ]);
    expect(ends({ x: [1, 2, 3, 2], sizes: [1, 2, 5, 2] })).toContainEqual({
      opType: 'MatMul',
      shape: [2, 3, 2],
    });
  });

  it('has its table of up to 128 rows written down, and a longer one made by the runtime', () => {
    expect(kinds({ x: [1, 1, 1, 128], sizes: [1, 1, 1, 100] })).not.toContain('EyeLike');
    expect(kinds({ x: [1, 1, 1, 129], sizes: [1, 1, 1, 100] })).toContain('EyeLike');
  });

  it('is refused where that table is larger than 2²⁴', () => {
    const keeps = (length: number) => kinds({ x: [1, 1, 1, length], sizes: [1, 1, 1, 1000] });
    expect(keeps(4096)).toContain('EyeLike');
    expect(() => keeps(4097)).toThrow(/the matrix from 4097 to 1000 elements along axis 3 is too large/);
  });

  it('keeps the region of an axis that keeps its length', () => {
    const crop = string('tf_crop_and_resize');
    const resized = emittedFor((b) => {
      const by = float(b, 'x', 1, 1, 5, 3);
      const operands = [by, b.float32s([0.2, 0, 0.7, 1]), undefined, b.int64s([5, 4])];
      const attributes = { mode: string('linear'), axes: ints([2, 3]), coordinate_transformation_mode: crop };
      return { y: b.op('Resize', operands, attributes), by };
    }).needed.filter(({ opType }) => opType === 'Resize');
    // The axis beside grows, since a Resize that changes no length copies its input.
    expect(resized.map(({ shape }) => shape)).toContainEqual([5, 1, 5, 2]);
  });
});
