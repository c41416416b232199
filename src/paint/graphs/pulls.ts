import { gradients } from 'onnx-gradients';
import type { GraphBuilder, Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import { elementCount } from 'onnx-gradients/graph';
import type { Effects } from '../canvas/effects.js';

/** What pulls at a picture beside CLIP. */
export interface Pulls {
  readonly loss: Value;
  /** dL/dx, of the picture's shape. */
  readonly gradient: Value;
}

/**
 * Loss and gradient of the pulls that a request asks for, on a picture [1, 3, H, W] in 0…1; undefined where it asks for none.
 * Declares their strengths `pulls.*`, scalars, and `pulls.colours` [n, 3].
 */
export function emitPulls(b: GraphBuilder, picture: Value, { pulls, colours }: Effects): Pulls | undefined {
  const strength = (name: 'smooth' | 'saturation' | 'palette') =>
    b.input(`pulls.${name}`, { elementType: 'float32', shape: [] });
  const terms: Value[] = [];
  if (pulls) {
    terms.push(op.mul(b, strength('smooth'), variation(b, picture)));
    terms.push(op.neg(b, op.mul(b, strength('saturation'), chroma(b, picture))));
  }
  if (colours !== undefined) terms.push(op.mul(b, strength('palette'), offPalette(b, picture, colours)));
  if (terms.length === 0) return undefined;
  const loss = op.sum(b, terms);
  const [gradient] = gradients(b, { of: [{ value: loss, cotangent: b.scalar(1) }], wrt: [picture] });
  if (!gradient) throw new Error('A pull depends on the picture.');
  return { loss, gradient };
}

/** Total variation, squared: the mean of (x_{i+1,j} − x_ij)² + (x_{i,j+1} − x_ij)² (Mahendran and Vedaldi 2015, β = 2). */
function variation(b: GraphBuilder, picture: Value): Value {
  const along = (axis: number) => {
    const length = picture.type.shape[axis] ?? 0;
    const part = (start: number, end: number) =>
      op.slice(b, picture, { starts: [start], ends: [end], axes: [axis] });
    return meanSquare(b, op.sub(b, part(1, length), part(0, length - 1)));
  };
  return op.add(b, along(2), along(3));
}

/** The mean over pixels of Σ_c (x_c − x̄)²: 0 for greys, 2/3 for pure colours. */
function chroma(b: GraphBuilder, picture: Value): Value {
  const grey = op.reduceMean(b, picture, [1]);
  return op.mul(b, meanSquare(b, op.sub(b, picture, grey)), b.scalar(3));
}

/** The mean over pixels of the squared distance to the nearest of the colours. */
function offPalette(b: GraphBuilder, picture: Value, count: number): Value {
  const [, , height = 0, width = 0] = picture.type.shape;
  const colours = b.input('pulls.colours', { elementType: 'float32', shape: [count, 3] });
  const pixels = op.reshape(b, op.transpose(b, picture, [0, 2, 3, 1]), [height * width, 3]);
  const products = op.matMul(b, pixels, op.transpose(b, colours, [1, 0]));
  const squares = op.reduceSumSquare(b, colours, [1], false);
  // ‖x‖² is the same for every colour.
  const nearest = op.argMin(b, op.sub(b, squares, op.mul(b, products, b.scalar(2))), 1, false);
  return op.mul(b, meanSquare(b, op.sub(b, pixels, op.gather(b, colours, nearest))), b.scalar(3));
}

function meanSquare(b: GraphBuilder, values: Value): Value {
  const axes = values.type.shape.map((_, axis) => axis);
  const sum = op.reduceSumSquare(b, values, axes, false);
  return op.mul(b, sum, b.scalar(1 / elementCount(values.type.shape)));
}
