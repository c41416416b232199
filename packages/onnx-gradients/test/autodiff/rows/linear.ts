import { float, int, string } from '../../../src/onnx/builder.js';
import type { Shape } from '../../../src/onnx/tensor.js';
import type { Row } from '../support/check-gradient.js';
import { normal } from '../support/random.js';

const matMul = (a: Shape, other: Shape): Row => ({
  title: `MatMul [${a}] × [${other}]`,
  inputs: { a: normal(...a), b: normal(...other) },
  build: (b, { a: left, b: right }) => b.op('MatMul', [left, right]),
});

const gemm = (transA: number, transB: number, c: Shape): Row => ({
  title: `Gemm, transA ${transA}, transB ${transB}, C [${c}]`,
  inputs: {
    a: transA ? normal(5, 2) : normal(2, 5),
    b: transB ? normal(3, 5) : normal(5, 3),
    c: normal(...c),
  },
  build: (b, { a, b: right, c: bias }) =>
    b.op('Gemm', [a, right, bias], {
      alpha: float(0.5),
      beta: float(-1.5),
      transA: int(transA),
      transB: int(transB),
    }),
});

const einsum = (equation: string, ...shapes: readonly Shape[]): Row => ({
  title: `Einsum ${equation} of ${shapes.map((shape) => `[${shape}]`).join(', ')}`,
  inputs: Object.fromEntries(shapes.map((shape, index) => [`x${index}`, normal(...shape)])),
  build: (b, values) => b.op('Einsum', Object.values(values), { equation: string(equation) }),
});

export const LINEAR_ROWS: readonly Row[] = [
  matMul([3, 5], [5, 2]),
  matMul([2, 1, 3, 5], [4, 5, 2]),
  matMul([4, 2, 3, 5], [5, 2]),
  matMul([3, 5], [4, 5, 2]),
  matMul([5], [5, 2]),
  matMul([3, 5], [5]),
  matMul([5], [5]),
  matMul([5], [4, 5, 2]),
  matMul([4, 3, 5], [5]),
  matMul([1, 1, 5], [1, 5, 7]),
  gemm(0, 0, [3]),
  gemm(1, 0, [2, 1]),
  gemm(0, 1, []),
  gemm(1, 1, [2, 3]),
  {
    title: 'Gemm without C',
    inputs: { a: normal(2, 5), b: normal(5, 3) },
    build: (b, { a, b: right }) => b.op('Gemm', [a, right]),
  },
  {
    title: 'Gemm by default',
    inputs: { a: normal(2, 5), b: normal(5, 3), c: normal(3) },
    build: (b, { a, b: right, c }) => b.op('Gemm', [a, right, c]),
  },
  einsum('ij,jk->ik', [2, 3], [3, 5]),
  einsum('bhid,bhjd->bhij', [2, 3, 4, 5], [2, 3, 7, 5]),
  einsum('...ij,...jk->...ki', [2, 7, 3, 4], [2, 7, 4, 5]),
  einsum('ij,jk,kl->il', [2, 3], [3, 5], [5, 2]),
  einsum('ijk->k', [2, 3, 5]),
  einsum('ii->i', [3, 3]),
  einsum('iij->j', [3, 3, 2]),
  einsum('iji->ji', [3, 2, 3]),
  einsum('i,j->ij', [3], [5]),
  einsum('ij,ij->', [2, 3], [2, 3]),
  einsum('bi,bj', [2, 3], [2, 5]),
  einsum('bij,bjk->bik', [3, 2, 1], [3, 5, 4]),
  einsum('bij,bjk->bik', [3, 2, 5], [1, 1, 4]),
  einsum('...ij,...jk->...ik', [2, 1, 3, 4], [2, 5, 4, 2]),
];
