import { elementCount, float32, type GraphBuilder, type Tensor, type Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import { type AdamState, adam, adamRates } from './adam.js';
import { clampGradient, clampToUnit } from './clamp.js';
import { liftedGradient } from './lifted-gradient.js';
import { type PaintNetworks, toUnit } from './networks.js';
import { quantise } from './quantise.js';

/** A latent on its way to a picture. */
export interface Decoded {
  readonly state: AdamState;
  /** ẑ: the nearest codebook rows, [1, dim, rows, columns]. */
  readonly quantised: Value;
  /** x before the clamp, [1, 3, H, W]. */
  readonly unclamped: Value;
  readonly picture: Value;
}

export interface LatentShape {
  readonly dim: number;
  readonly rows: number;
  readonly columns: number;
}

/** Declares `latent`, `first` and `second` (Adam's moments) and decodes the latent to a picture in 0…1. */
export function emitDecode(b: GraphBuilder, networks: PaintNetworks, shape: LatentShape): Decoded {
  const type = { elementType: 'float32', shape: [1, shape.dim, shape.rows, shape.columns] } as const;
  const state = {
    latent: b.input('latent', type),
    first: b.input('first', type),
    second: b.input('second', type),
  };
  return { state, ...decodeLatent(b, networks, state.latent) };
}

/** x = clamp(½(G(q(z)) + 1)), for a decoder with outputs in −1…1. */
export function decodeLatent(
  b: GraphBuilder,
  { decode, range, codebook }: PaintNetworks,
  latent: Value,
): Omit<Decoded, 'state'> {
  const quantised = quantise(b, latent, b.constant(codebook, 'codebook'));
  const unclamped = toUnit(b, decode(b, quantised), range);
  return { quantised, unclamped, picture: clampToUnit(b, unclamped) };
}

export interface UpdateOptions {
  readonly decoded: Decoded;
  /** dL/dx at the clamped picture. */
  readonly gradient: Value;
  readonly networks: PaintNetworks;
}

/**
 * The gradient's way from the picture to the latent, and Adam's step; declares `adam.*`, `anchor` (a latent to stay near) and
 * `pull` (how strongly) and gives the outputs `latent.next`, `first.next`, `second.next`.
 *
 * The decoder's gradient arrives at ẑ and is taken for z's own (straight through). The pull adds that of
 * pull·mean((z − anchor)²)/2.
 */
export function emitUpdate(b: GraphBuilder, { decoded, gradient, networks }: UpdateOptions): void {
  const { codebook, isDecoderHalf: isHalf } = networks;
  const { state, quantised, unclamped, picture } = decoded;
  const cotangent = clampGradient(b, { x: unclamped, clamped: picture, gradient });
  const throughDecoder = liftedGradient(b, { value: unclamped, cotangent, wrt: quantised, isHalf });
  if (!throughDecoder) throw new Error('The decoder does not depend on its latent.');
  const anchor = b.input('anchor', state.latent.type);
  const pull = b.input('pull', { elementType: 'float32', shape: [] });
  const strength = op.mul(b, pull, b.scalar(1 / elementCount(state.latent.type.shape)));
  const pulled = op.add(b, throughDecoder, op.mul(b, op.sub(b, state.latent, anchor), strength));
  const updated = adam(b, { state, gradient: pulled, rates: adamRates(b) });
  const { low, high } = codebookRange(codebook);
  const bounded = op.min(b, [op.max(b, [updated.latent, b.constant(low)]), b.constant(high)]);
  b.output(bounded, 'latent.next');
  b.output(updated.first, 'first.next');
  b.output(updated.second, 'second.next');
}

/** The least and the greatest value of every channel over all codebook rows, [1, dim, 1, 1]: where the latent is kept. */
export function codebookRange({ data, shape }: Tensor): { readonly low: Tensor; readonly high: Tensor } {
  const [codes = 0, dim = 0] = shape;
  const low = new Float32Array(dim).fill(Number.POSITIVE_INFINITY);
  const high = new Float32Array(dim).fill(Number.NEGATIVE_INFINITY);
  for (let index = 0; index < codes * dim; index += 1) {
    const channel = index % dim;
    const value = Number(data[index]);
    low[channel] = Math.min(low[channel] ?? value, value);
    high[channel] = Math.max(high[channel] ?? value, value);
  }
  return { low: float32([1, dim, 1, 1], low), high: float32([1, dim, 1, 1], high) };
}
