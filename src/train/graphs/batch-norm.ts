import type { Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import { type Network, parameter } from '../../zoo/architectures/weight-source.js';

/**
 * BatchNorm in training form (Ioffe and Szegedy 2015): x [n, c, h, w] by its own batch's means and variances a channel.
 * They are fed to the operator as its statistics, so that gradients pass through both.
 */
export function batchNorm(network: Network, x: Value, name: string): Value {
  const { builder: b } = network;
  const c = x.type.shape[1] ?? 1;
  const mean = op.reduceMean(b, x, [0, 2, 3], false);
  const centred = op.sub(b, x, op.reshape(b, mean, [1, c, 1, 1]));
  const variance = op.reduceMean(b, op.mul(b, centred, centred), [0, 2, 3], false);
  const [weight, bias] = [parameter(network, `${name}.weight`, [c]), parameter(network, `${name}.bias`, [c])];
  return op.batchNormalization(b, [x, weight, bias, mean, variance], 1e-5);
}
