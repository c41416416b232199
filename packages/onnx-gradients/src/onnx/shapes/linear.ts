import { intAttribute } from '../attributes.js';
import type { Shape } from '../tensor.js';
import { broadcastShapes } from './broadcast.js';
import { einsum } from './einsum.js';
import { brackets, isGiven, operand, sameElementType } from './operands.js';
import type { ShapeRule } from './rule.js';

/** numpy.matmul: [..., m, k] × [..., k, n] → [..., m, n]; a vector lends a 1 and loses it again. */
function matMulShape(a: Shape, b: Shape): Shape {
  if (a.length === 0 || b.length === 0) throw new Error('Expected no scalars.');
  const left = a.length === 1 ? [1, ...a] : a;
  const right = b.length === 1 ? [...b, 1] : b;
  if (left.at(-1) !== right.at(-2)) throw new Error(`Cannot multiply ${brackets(a)} by ${brackets(b)}.`);
  const shape = [...broadcastShapes([left.slice(0, -2), right.slice(0, -2)])];
  if (a.length > 1) shape.push(left.at(-2) ?? 1);
  if (b.length > 1) shape.push(right.at(-1) ?? 1);
  return shape;
}

const matMul: ShapeRule = (context) => {
  const [a, b] = [operand(context, 0), operand(context, 1)];
  return [{ elementType: sameElementType([a, b]), shape: matMulShape(a.shape, b.shape) }];
};

/** α·op(A)·op(B) + β·C, both matrices, C broadcast to the product. */
const gemm: ShapeRule = (context) => {
  const [a, b] = [operand(context, 0), operand(context, 1)];
  if (a.shape.length !== 2 || b.shape.length !== 2) throw new Error('Expected two matrices.');
  const left = intAttribute(context.node, 'transA', 0) ? a.shape.toReversed() : a.shape;
  const right = intAttribute(context.node, 'transB', 0) ? b.shape.toReversed() : b.shape;
  const shape = matMulShape(left, right);
  if (isGiven(context, 2)) {
    const c = operand(context, 2);
    if (brackets(broadcastShapes([shape, c.shape])) !== brackets(shape)) {
      throw new Error(`C ${brackets(c.shape)} does not stretch to ${brackets(shape)}.`);
    }
  }
  return [{ elementType: sameElementType([a, b]), shape }];
};

export const LINEAR = { Einsum: einsum, Gemm: gemm, MatMul: matMul } as const satisfies Record<
  string,
  ShapeRule
>;
