import { floatAttribute, intAttribute } from '../../onnx/attributes.js';
import type { GraphBuilder, Value } from '../../onnx/builder.js';
import * as ops from '../../onnx/ops.js';
import { elementCount } from '../../onnx/tensor.js';
import { reshape, scale, transpose, upTo } from '../emit.js';
import { type Entries, product } from '../entry.js';
import { gradientOf, inputAt, type Rule } from '../rule.js';
import { einsum } from './einsum.js';

/** A value's last two axes swapped. */
function swapped(b: GraphBuilder, value: Value): Value {
  const rank = value.type.shape.length;
  return transpose(b, value, [...upTo(rank - 2), rank - 1, rank - 2]);
}

/** All axes but the last as one. */
function asMatrix(b: GraphBuilder, value: Value): Value {
  const { shape } = value.type;
  const columns = shape.at(-1) ?? 1;
  return reshape(b, value, [elementCount(shape) / columns, columns]);
}

/**
 * Y = A·B: dA = g·Bᵀ, dB = Aᵀ·g, batch axes broadcast. Where B is one matrix for all, both are a single Gemm over
 * flattened rows, which reads B as it lies: no transposed copy of a weight, no batch of partial sums.
 */
const matMul: Rule = (d) => {
  const { builder: b, wanted } = d;
  const [A, B] = [inputAt(d, 0), inputAt(d, 1)];
  const [isRow, isColumn] = [A.type.shape.length === 1, B.type.shape.length === 1];
  const left = isRow ? reshape(b, A, [1, ...A.type.shape]) : A;
  const right = isColumn ? reshape(b, B, [...B.type.shape, 1]) : B;
  const rows = left.type.shape.at(-2) ?? 1;
  const { shape } = gradientOf(d).type;
  const batch = shape.slice(0, shape.length - Number(!isRow) - Number(!isColumn));
  const g = reshape(b, gradientOf(d), [...batch, rows, right.type.shape.at(-1) ?? 1]);
  if (right.type.shape.length === 2) {
    const flatG = asMatrix(b, g);
    return [
      wanted[0] ? reshape(b, ops.gemm(b, [flatG, right], { transB: true }), A.type.shape) : undefined,
      wanted[1]
        ? reshape(b, ops.gemm(b, [asMatrix(b, left), flatG], { transA: true }), B.type.shape)
        : undefined,
    ];
  }
  return [
    // A row was lent an axis, over which the driver sums as over the batch.
    wanted[0] ? ops.matMul(b, g, swapped(b, right)) : undefined,
    wanted[1] ? ops.matMul(b, swapped(b, left), g) : undefined,
  ];
};

/** Y = α·op(A)·op(B) + β·C: the same product with the operands exchanged and the transposes that follow from it. */
const gemm: Rule = (d) => {
  const { builder: b, inputs, wanted } = d;
  const [A, B, g] = [inputAt(d, 0), inputAt(d, 1), gradientOf(d)];
  const alpha = floatAttribute(d.node, 'alpha', 1);
  const transA = intAttribute(d.node, 'transA', 0) === 1;
  const transB = intAttribute(d.node, 'transB', 0) === 1;
  const toA = () =>
    transA
      ? ops.gemm(b, [B, g], { alpha, transA: transB, transB: true })
      : ops.gemm(b, [g, B], { alpha, transB: !transB });
  const toB = () =>
    transB
      ? ops.gemm(b, [g, A], { alpha, transA: true, transB: transA })
      : ops.gemm(b, [A, g], { alpha, transA: !transA });
  return [
    wanted[0] ? toA() : undefined,
    wanted[1] ? toB() : undefined,
    inputs[2] && wanted[2] ? scale(b, g, floatAttribute(d.node, 'beta', 1)) : undefined,
  ];
};

export const LINEAR = {
  Einsum: product(
    einsum,
    'Einsum of g and the other operands',
    'any equation: repeated labels, ellipsis, labels of one operand',
  ),
  Gemm: product(gemm, 'A: α·g·op(B)ᵀ; B: α·op(A)ᵀ·g; C: β·g'),
  MatMul: product(matMul, 'A: g·Bᵀ; B: Aᵀ·g'),
} as const satisfies Entries;
