import type { Value } from '../../onnx/builder.js';
import { add, batchNormalization, div, mul, reduceMean, relu, reshape, sqrt, sub } from '../../onnx/ops.js';
import { type Network, parameter } from './weight-source.js';

export interface GroupNormOptions {
  /** State-dict name of the layer. */
  readonly name: string;
  readonly groups: number;
  readonly epsilon: number;
}

/**
 * GroupNorm (Wu and He 2018) of x [n, c, h, w] with one scale and bias a channel.
 *
 * Written as y = a·x + b with a = γ/σ and b = β − μ·a a channel, because that touches the big tensor least: two
 * averages and one affine pass. ONNX Runtime runs InstanceNormalization, the operator that exporters use here, on one
 * thread, and needs two more passes for γ and β. The variance is E[x²] − E[x]², cut at 0, as in Flax.
 */
export function groupNorm(network: Network, x: Value, { name, groups, epsilon }: GroupNormOptions): Value {
  const { builder: b } = network;
  const [n = 1, c = 1, ...spatial] = x.type.shape;
  const grouped = [n, groups, c / groups];
  const averageOf = (value: Value) => reduceMean(b, reshape(b, reduceMean(b, value, [2, 3]), grouped), [2]);
  const mean = averageOf(x);
  const variance = relu(b, sub(b, averageOf(mul(b, x, x)), mul(b, mean, mean)));
  const deviation = sqrt(b, add(b, variance, b.scalar(epsilon)));
  const channelwise = (kind: 'weight' | 'bias') =>
    reshape(b, parameter(network, `${name}.${kind}`, [c]), [1, groups, c / groups]);
  const scale = div(b, channelwise('weight'), deviation);
  const bias = sub(b, channelwise('bias'), mul(b, mean, scale));
  // BatchNormalization of mean 0 and variance 1: multiply and add in one pass; batch and channels share its axis.
  const vectors = [scale, bias].map((value) => reshape(b, value, [n * c]));
  const standard = [0, 1].map((value) => b.float32s(new Array<number>(n * c).fill(value)));
  const flat = reshape(b, x, [1, n * c, ...spatial]);
  return reshape(b, batchNormalization(b, [flat, ...vectors, ...standard], 0), x.type.shape);
}
