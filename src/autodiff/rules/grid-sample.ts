import { intAttribute, stringAttribute } from '../../onnx/attributes.js';
import type { GraphBuilder, Value } from '../../onnx/builder.js';
import * as ops from '../../onnx/ops.js';
import { concat, expand, reshape, sumOver, zeros } from '../emit.js';
import { gradientOf, inputAt, type Rule } from '../rule.js';
import { tapsOf } from './sampling-taps.js';

/**
 * y[c, p] = Σ_t w_t(p)·x[c, i_t(p)]: each output point p is a weighted sum of taps t (1 for nearest, 4 for bilinear,
 * 16 for bicubic), whose weights are products of one factor a direction. So dx adds w·g at the taps, and dgrid sums
 * g·x over channels with one factor replaced by its slope.
 */
export const gridSample: Rule = (d) => {
  const { builder: b, node, wanted } = d;
  const [x, grid, g] = [inputAt(d, 0), inputAt(d, 1), gradientOf(d)];
  const [n = 1, c = 1, h = 1, w = 1] = x.type.shape;
  if (x.type.shape.length !== 4) throw new Error('only pictures [n, c, h, w] have a gradient');
  const points = (grid.type.shape[1] ?? 1) * (grid.type.shape[2] ?? 1);
  const options = {
    mode: stringAttribute(node, 'mode', 'bilinear'),
    padding: stringAttribute(node, 'padding_mode', 'zeros'),
    alignCorners: intAttribute(node, 'align_corners', 0) === 1,
  };
  const [toX, toY] = [0, 1].map((direction) =>
    reshape(b, ops.gather(b, grid, b.int64s([direction]), 3), [n, 1, points]),
  ) as [Value, Value]; // two directions in, two out
  const across = tapsOf({ b, coordinate: toX, length: w, ...options });
  const down = tapsOf({ b, coordinate: toY, length: h, ...options });
  const taps = across.count * down.count;
  const row = ops.mul(b, down.index, b.int64s([w]));
  const index = pairwise({ b, operation: ops.add, down: row, across: across.index, points });
  const places = expand(b, reshape(b, index, [n, 1, taps * points]), [n, c, taps * points]);
  const gradient = reshape(b, g, [n, c, 1, points]);
  const weights = (vertical: Value, horizontal: Value) =>
    pairwise({ b, operation: ops.mul, down: vertical, across: horizontal, points });
  const toPicture = () => {
    const weight = reshape(b, weights(down.weight, across.weight), [n, 1, taps, points]);
    const updates = reshape(b, ops.mul(b, gradient, weight), [n, c, taps * points]);
    const data = zeros(b, g, [n, c, h * w]);
    return reshape(
      b,
      ops.scatterElements(b, { data, indices: places, updates, reduction: 'add' }, 2),
      x.type.shape,
    );
  };
  const toGrid = () => {
    const seen = reshape(b, ops.gatherElements(b, reshape(b, x, [n, c, h * w]), places, 2), [
      n,
      c,
      taps,
      points,
    ]);
    const moved = reshape(b, sumOver(b, ops.mul(b, gradient, seen), [1]), [n, taps, points]);
    const slope = (vertical: Value, horizontal: Value) =>
      reshape(b, sumOver(b, ops.mul(b, moved, weights(vertical, horizontal)), [1]), [n, points, 1]);
    const both = [slope(down.weight, across.slope), slope(down.slope, across.weight)];
    return reshape(b, concat(b, both, 2), grid.type.shape);
  };
  return [wanted[0] ? toPicture() : undefined, wanted[1] ? toGrid() : undefined];
};

interface Pairwise {
  readonly b: GraphBuilder;
  readonly operation: (b: GraphBuilder, one: Value, other: Value) => Value;
  /** [n, taps down, points] and [n, taps across, points]. */
  readonly down: Value;
  readonly across: Value;
  readonly points: number;
}

/** Every tap down with every tap across: [n, down·across, points]. */
function pairwise({ b, operation, down, across, points }: Pairwise): Value {
  const [n = 1, rows = 1] = down.type.shape;
  const columns = across.type.shape[1] ?? 1;
  const pairs = operation(
    b,
    reshape(b, down, [n, rows, 1, points]),
    reshape(b, across, [n, 1, columns, points]),
  );
  return reshape(b, pairs, [n, rows * columns, points]);
}
