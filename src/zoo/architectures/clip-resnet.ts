import { elementCount, float32, type Value } from 'onnx-gradients/graph';
import {
  add,
  averagePool,
  concat,
  conv,
  reduceMean,
  relu,
  reshape,
  slice,
  transpose,
} from 'onnx-gradients/ops';
import type { ClipResnetConfig } from '../../contracts/architectures.js';
import { attend } from './clip-transformer.js';
import { dense } from './dense.js';
import { type Network, parameter } from './weight-source.js';

export interface ClipResnetOptions {
  readonly config: ClipResnetConfig;
  /** [n, 3, size, size], normalised with CLIP's mean and deviation. */
  readonly pixels: Value;
}

/**
 * CLIP's ResNet (Radford et al. 2021, section 2.4): a stem of three convolutions, average pools instead of strides, and
 * attention instead of the last mean. Pixels to embeddings [n, embedding], not normalised.
 */
export function clipResnetTower(network: Network, { config, pixels }: ClipResnetOptions): Value {
  const { builder: b } = network;
  const { width } = config;
  const stem = (x: Value, index: 1 | 2 | 3, out: number) =>
    relu(
      b,
      normalised(network, x, { ...layer('visual', index), out, kernel: 3, stride: index === 1 ? 2 : 1 }),
    );
  let x = stem(stem(stem(pixels, 1, width / 2), 2, width / 2), 3, width);
  x = averagePool(b, x, { kernel: [2, 2], strides: [2, 2] });
  for (const [stage, count] of config.layers.entries()) {
    for (let block = 0; block < count; block += 1) {
      x = bottleneck(network, x, {
        name: `visual.layer${stage + 1}.${block}`,
        width: width * 2 ** stage,
        halves: stage > 0 && block === 0,
      });
    }
  }
  return attentionPool(network, x, config);
}

const layer = (name: string, index: 1 | 2 | 3) => ({
  convolution: `${name}.conv${index}`,
  norm: `${name}.bn${index}`,
});

interface BottleneckOptions {
  readonly name: string;
  readonly width: number;
  readonly halves: boolean;
}

/** relu(x + three convolutions), with an average pool before the last where the picture halves. */
function bottleneck(network: Network, x: Value, { name, width, halves }: BottleneckOptions): Value {
  const { builder: b } = network;
  const out = 4 * width;
  const pooled = (value: Value) =>
    halves ? averagePool(b, value, { kernel: [2, 2], strides: [2, 2] }) : value;
  let change = relu(b, normalised(network, x, { ...layer(name, 1), out: width, kernel: 1 }));
  change = relu(b, normalised(network, change, { ...layer(name, 2), out: width, kernel: 3 }));
  change = normalised(network, pooled(change), { ...layer(name, 3), out, kernel: 1 });
  const shortcut = { convolution: `${name}.downsample.0`, norm: `${name}.downsample.1` };
  const changes = halves || x.type.shape[1] !== out;
  const kept = changes ? normalised(network, pooled(x), { ...shortcut, out, kernel: 1 }) : x;
  return relu(b, add(b, change, kept));
}

interface NormalisedOptions {
  /** State-dict names. */
  readonly convolution: string;
  readonly norm: string;
  readonly out: number;
  readonly kernel: 1 | 3;
  readonly stride?: number;
}

/** BatchNorm's, in evaluation. */
const EPSILON = 1e-5;

/**
 * A convolution and the BatchNorm behind it as one: kernel·s and bias β − μ·s with s = γ/√(σ² + ε) a channel, so that the
 * gradient passes one node instead of two.
 */
function normalised(
  network: Network,
  x: Value,
  { convolution, norm, out, kernel, stride = 1 }: NormalisedOptions,
): Value {
  const { builder: b, weights } = network;
  const shape = [out, x.type.shape[1] ?? 0, kernel, kernel];
  const numbers = (name: string, of: readonly number[]) => weights(name, of).data as Float32Array; // a source's are
  const [gamma, beta, mean, variance] = ['weight', 'bias', 'running_mean', 'running_var'].map((part) =>
    numbers(`${norm}.${part}`, [out]),
  );
  const scales = Array.from(
    { length: out },
    (_, index) => Number(gamma?.[index]) / Math.sqrt(Number(variance?.[index]) + EPSILON),
  );
  const biases = scales.map((scale, index) => Number(beta?.[index]) - Number(mean?.[index]) * scale);
  const given = numbers(`${convolution}.weight`, shape);
  const perChannel = elementCount(shape.slice(1));
  const scaled = given.slice();
  for (const [channel, scale] of scales.entries()) {
    const end = (channel + 1) * perChannel;
    for (let index = channel * perChannel; index < end; index += 1)
      scaled[index] = (given[index] ?? 0) * scale;
  }
  const margin = (kernel - 1) / 2;
  return conv(b, x, b.constant(float32(shape, scaled), `${convolution}.weight`), {
    bias: b.constant(float32([out], biases), `${convolution}.bias`),
    pads: [margin, margin, margin, margin],
    strides: [stride, stride],
  });
}

/** Multi-head attention of the mean over all places and itself: [n, channels, h, w] to [n, embedding]. */
function attentionPool(network: Network, x: Value, { heads, embedding }: ClipResnetConfig): Value {
  const { builder: b } = network;
  const [n = 1, channels = 1, h = 1, w = 1] = x.type.shape;
  const name = 'visual.attnpool';
  const length = h * w + 1;
  const places = transpose(b, reshape(b, x, [n, channels, h * w]), [0, 2, 1]);
  const all = concat(b, [reduceMean(b, places, [1]), places], 1);
  const tokens = add(b, all, parameter(network, `${name}.positional_embedding`, [length, channels]));
  const project = (value: Value, part: 'q' | 'k' | 'v', of: number) => {
    const options = {
      weight: `${name}.${part}_proj.weight`,
      bias: `${name}.${part}_proj.bias`,
      out: channels,
    };
    const rows = dense(network, reshape(b, value, [n * of, channels]), options);
    return transpose(b, reshape(b, rows, [n, of, heads, channels / heads]), [0, 2, 1, 3]);
  };
  const first = slice(b, tokens, { starts: [0], ends: [1], axes: [1] });
  const mixed = attend(network, {
    query: project(first, 'q', 1),
    key: project(tokens, 'k', length),
    value: project(tokens, 'v', length),
  });
  return dense(network, mixed, {
    weight: `${name}.c_proj.weight`,
    bias: `${name}.c_proj.bias`,
    out: embedding,
  });
}
