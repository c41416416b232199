import { elementCount, type Value } from 'onnx-gradients/graph';
import {
  add,
  batchNormalization,
  div,
  expand,
  mul,
  reduceMean,
  reshape,
  sqrt,
  sub,
} from 'onnx-gradients/ops';
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
 * The variance is the mean of (x − μ)², in a second pass: E[x²] − E[x]² loses most of its digits where a group's mean is far
 * above its deviation, and so does the gradient. ONNX Runtime runs InstanceNormalization, the operator that exporters use
 * here, on one thread, and needs two more passes for γ and β.
 */
export function groupNorm(network: Network, x: Value, { name, groups, epsilon }: GroupNormOptions): Value {
  const { builder: b } = network;
  const [n = 1, c = 1, ...spatial] = x.type.shape;
  const byGroup = [n, groups, c / groups];
  // First over places, then over channels: sums of fewer numbers lose less.
  const meanOf = (value: Value) => reduceMean(b, reshape(b, reduceMean(b, value, [2, 3]), byGroup), [2]);
  const flat = reshape(b, x, [n, groups, elementCount(x.type.shape) / (n * groups)]);
  const centred = reshape(b, sub(b, flat, meanOf(x)), x.type.shape);
  const deviation = sqrt(b, add(b, meanOf(mul(b, centred, centred)), b.scalar(epsilon)));
  const channelwise = (kind: 'weight' | 'bias', shape: readonly number[]) =>
    reshape(b, parameter(network, `${name}.${kind}`, [c]), shape);
  const scale = reshape(b, div(b, channelwise('weight', [1, groups, c / groups]), deviation), [n * c]);
  const bias = reshape(b, expand(b, channelwise('bias', [1, c]), [n, c]), [n * c]);
  // BatchNormalization of mean 0 and variance 1: multiply and add in one pass; batch and channels share its axis.
  const standard = [0, 1].map((value) => b.float32s(new Array<number>(n * c).fill(value)));
  const channels = reshape(b, centred, [1, n * c, ...spatial]);
  return reshape(b, batchNormalization(b, [channels, scale, bias, ...standard], 0), x.type.shape);
}
