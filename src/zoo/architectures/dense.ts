import type { Value } from 'onnx-gradients/graph';
import { gemm, layerNormalization } from 'onnx-gradients/ops';
import { type Network, parameter } from './weight-source.js';

export interface DenseOptions {
  /** State-dict names of weight [out, in] and bias [out]. */
  readonly weight: string;
  readonly bias: string;
  readonly out: number;
}

/** x·Wᵀ + b of rows x [rows, in], as one Gemm. */
export function dense(network: Network, x: Value, { weight, bias, out }: DenseOptions): Value {
  const parameters = [
    parameter(network, weight, [out, x.type.shape[1] ?? 0]),
    parameter(network, bias, [out]),
  ];
  return gemm(network.builder, [x, ...parameters], { transB: true });
}

/** LayerNorm over the last axis. */
export function layerNorm(network: Network, x: Value, name: string, epsilon = 1e-5): Value {
  const width = x.type.shape.at(-1) ?? 1;
  const parameters = ['weight', 'bias'].map((kind) => parameter(network, `${name}.${kind}`, [width]));
  return layerNormalization(network.builder, [x, ...parameters], { epsilon });
}
