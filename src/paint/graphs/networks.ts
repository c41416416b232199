import { float32, type GraphBuilder, type Tensor, type Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import type { EmitNetwork } from '../../zoo/network.js';

/** One CLIP as the step graphs need it. */
export interface ClipNetwork {
  /** [n, 3, size, size], normalised → [n, width]. */
  readonly image: EmitNetwork;
  readonly size: number;
  /** The range pixels are brought to, then mean and standard deviation by channel. */
  readonly range: readonly [number, number];
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** Whether the tower works in half precision. */
  readonly isHalf?: boolean;
}

/** The networks of a model at fixed shapes. */
export interface PaintNetworks {
  /** [1, dim, rows, columns] → [1, 3, rows·factor, columns·factor] in `range`. */
  readonly decode: EmitNetwork;
  readonly range: readonly [number, number];
  /** [codes, dim] */
  readonly codebook: Tensor;
  readonly clips: readonly ClipNetwork[];
  /** Whether the decoder works in half precision. */
  readonly isDecoderHalf?: boolean;
}

/** Brings values from `range` to 0…1: (x − low)/(high − low). */
export function toUnit(b: GraphBuilder, x: Value, [low, high]: readonly [number, number]): Value {
  const scale = 1 / (high - low);
  return op.add(b, op.mul(b, x, b.scalar(scale)), b.scalar(-low * scale));
}

/** CLIP's own normalisation of pixels [n, 3, s, s] in 0…1. */
export function normalise(b: GraphBuilder, pixels: Value, { range, mean, std }: ClipNetwork): Value {
  const [low, high] = range;
  const perChannel = (value: (channel: number) => number) =>
    b.constant(float32([1, 3, 1, 1], [0, 1, 2].map(value)));
  const gain = perChannel((channel) => (high - low) / (std[channel] ?? 1));
  const shift = perChannel((channel) => (low - (mean[channel] ?? 0)) / (std[channel] ?? 1));
  return op.add(b, op.mul(b, pixels, gain), shift);
}
