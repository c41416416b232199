import { intAttribute, stringAttribute } from '../../onnx/attributes.js';
import type { GraphBuilder, Value } from '../../onnx/builder.js';
import * as ops from '../../onnx/ops.js';
import { elementCount } from '../../onnx/tensor.js';
import { addAt, concat, expand, reshape, sumOver, upTo } from '../emit.js';
import { gradientOf, inputAt, type Rule } from '../rule.js';
import { tapsOf } from './sampling-taps.js';

/**
 * y[c, p] = Σ_t w_t(p)·x[c, i_t(p)]: each output point p is a weighted sum of taps t (1 for nearest, 2 a direction for
 * linear, 4 for cubic), whose weights are products of one factor a direction. So dx adds w·g at the taps, and dgrid sums
 * g·x over channels with one factor replaced by its slope.
 */
export const gridSample: Rule = (d) => {
  const { builder: b, node, wanted } = d;
  const [x, grid, g] = [inputAt(d, 0), inputAt(d, 1), gradientOf(d)];
  const [n = 1, c = 1, ...spatial] = x.type.shape;
  const mode = stringAttribute(node, 'mode', 'bilinear');
  if (mode === 'bicubic' && spatial.length !== 2)
    throw new Error('mode "bicubic" is one of pictures [n, c, h, w]');
  const points = elementCount(grid.type.shape.slice(1, -1));
  const options = {
    mode,
    padding: stringAttribute(node, 'padding_mode', 'zeros'),
    alignCorners: intAttribute(node, 'align_corners', 0) === 1,
  };
  // The grid's last axis counts directions from the picture's last axis (x) to its first (y, or z of a volume).
  const last = spatial.length - 1;
  const directions = spatial.map((length, axis) => {
    const own = ops.gather(b, grid, b.int64s([last - axis]), spatial.length + 1);
    return tapsOf({ b, coordinate: reshape(b, own, [n, 1, points]), length, ...options });
  });
  const taps = directions.reduce((product, { count }) => product * count, 1);
  const index = directions
    .map((direction) => direction.index)
    .reduce((rows, columns, axis) => {
      const start = ops.mul(b, rows, b.int64s([spatial[axis] ?? 1]));
      return pairwise({ b, operation: ops.add, outer: start, inner: columns, points });
    });
  const places = expand(b, reshape(b, index, [n, 1, taps * points]), [n, c, taps * points]);
  const gradient = reshape(b, g, [n, c, 1, points]);
  const product = (factors: readonly Value[]) =>
    factors.reduce((outer, inner) => pairwise({ b, operation: ops.mul, outer, inner, points }));
  const flat = [n, c, elementCount(spatial)];
  const toPicture = () => {
    const weights = product(directions.map(({ weight }) => weight));
    const weighted = ops.mul(b, gradient, reshape(b, weights, [n, 1, taps, points]));
    const updates = reshape(b, weighted, [n, c, taps * points]);
    return reshape(b, addAt(b, { shape: flat, indices: places, updates }, 2), x.type.shape);
  };
  const toGrid = () => {
    const seen = reshape(b, ops.gatherElements(b, reshape(b, x, flat), places, 2), [n, c, taps, points]);
    const moved = reshape(b, sumOver(b, ops.mul(b, gradient, seen), [1]), [n, taps, points]);
    const along = upTo(spatial.length).map((axis) => {
      const factors = directions.map(({ weight, slope }, other) => (other === axis ? slope : weight));
      return reshape(b, sumOver(b, ops.mul(b, moved, product(factors)), [1]), [n, points, 1]);
    });
    return reshape(b, concat(b, along.reverse(), 2), grid.type.shape);
  };
  return [wanted[0] ? toPicture() : undefined, wanted[1] ? toGrid() : undefined];
};

interface Pairwise {
  readonly b: GraphBuilder;
  readonly operation: (b: GraphBuilder, one: Value, other: Value) => Value;
  /** [n, many, points] and [n, few, points]. */
  readonly outer: Value;
  readonly inner: Value;
  readonly points: number;
}

/** Every outer tap with every inner one: [n, many·few, points]. */
function pairwise({ b, operation, outer, inner, points }: Pairwise): Value {
  const [n = 1, rows = 1] = outer.type.shape;
  const columns = inner.type.shape[1] ?? 1;
  const pairs = operation(
    b,
    reshape(b, outer, [n, rows, 1, points]),
    reshape(b, inner, [n, 1, columns, points]),
  );
  return reshape(b, pairs, [n, rows * columns, points]);
}
