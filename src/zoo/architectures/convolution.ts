import type { Value } from 'onnx-gradients/graph';
import { conv, type WindowOptions } from 'onnx-gradients/ops';
import { type Network, parameter } from './weight-source.js';

export interface ConvolutionOptions extends WindowOptions {
  /** State-dict name of the layer. */
  readonly name: string;
  readonly out: number;
  /** Side of the square kernel. */
  readonly kernel: number;
  /** True when absent. */
  readonly hasBias?: boolean;
}

/** A two-dimensional convolution, padded to keep the size unless `pads` says otherwise. */
export function convolution(network: Network, x: Value, options: ConvolutionOptions): Value {
  const { name, out, kernel, hasBias = true, ...window } = options;
  const weight = parameter(network, `${name}.weight`, [out, x.type.shape[1] ?? 0, kernel, kernel]);
  const margin = (kernel - 1) / 2;
  return conv(network.builder, x, weight, {
    pads: [margin, margin, margin, margin],
    ...window,
    ...(hasBias && { bias: parameter(network, `${name}.bias`, [out]) }),
  });
}
