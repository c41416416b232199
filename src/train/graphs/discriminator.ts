import type { GraphBuilder, Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import { convolution } from '../../zoo/architectures/convolution.js';
import { type Network, parameter } from '../../zoo/architectures/weight-source.js';
import { batchNorm } from './batch-norm.js';
import { meanOf, scaled } from './emit.js';

export interface DiscriminatorShape {
  /** Channels of the first layer. */
  readonly width: number;
  /** Layers that halve the picture. */
  readonly layers: number;
}

/**
 * The patch discriminator (Isola et al. 2017, section 3.2): pictures [n, 3, h, w] in −1…1 to one score a patch. Kernels
 * of 4 × 4 at stride 2, twice the channels a layer up to eight times the first's, one layer at stride 1, BatchNorm on its own batch.
 */
export function discriminator(
  network: Network,
  picture: Value,
  { width, layers }: DiscriminatorShape,
): Value {
  const { builder: b } = network;
  const leaky = (value: Value) => op.leakyRelu(b, value, 0.2);
  let x = leaky(
    convolution(network, picture, {
      name: 'main.0',
      out: width,
      kernel: 4,
      strides: [2, 2],
      pads: [1, 1, 1, 1],
    }),
  );
  for (let layer = 1; layer <= layers; layer += 1) {
    const out = width * Math.min(2 ** layer, 8);
    const stride = layer === layers ? 1 : 2;
    const kernel = parameter(network, `main.${3 * layer - 1}.weight`, [out, x.type.shape[1] ?? 1, 4, 4]);
    const convolved = op.conv(b, x, kernel, { strides: [stride, stride], pads: [1, 1, 1, 1] });
    x = leaky(batchNorm(network, convolved, `main.${3 * layer}`));
  }
  return convolution(network, x, { name: `main.${3 * layers + 2}`, out: 1, kernel: 4, pads: [1, 1, 1, 1] });
}

export const ADVERSARIAL_LOSSES = ['hinge', 'vanilla'] as const;
export type AdversarialLoss = (typeof ADVERSARIAL_LOSSES)[number];

/**
 * What the discriminator minimises over scores of real pictures and of reconstructions: ½(max(0, 1 − r) + max(0, 1 + f)), or
 * ½(softplus(−r) + softplus(f)), means over all patches (Esser et al. 2021, eq. 5, as its authors train it).
 */
export function discriminatorLoss(b: GraphBuilder, kind: AdversarialLoss, real: Value, fake: Value): Value {
  const one = b.scalar(1);
  const [onReal, onFake] =
    kind === 'hinge'
      ? [op.relu(b, op.sub(b, one, real)), op.relu(b, op.add(b, one, fake))]
      : [op.softplus(b, op.neg(b, real)), op.softplus(b, fake)];
  return scaled(b, op.add(b, meanOf(b, onReal), meanOf(b, onFake)), 0.5);
}
