import { elementCount, float32, type GraphBuilder, type Tensor, type Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import type { Effects } from '../canvas/effects.js';
import { type AdamState, adam, adamRates } from './adam.js';
import { clampGradient, clampToUnit } from './clamp.js';
import { liftedGradient } from './lifted-gradient.js';
import { type PaintNetworks, toUnit } from './networks.js';
import { finishGradient, finishPicture, wrapCells } from './finish.js';
import { emitPulls } from './pulls.js';
import { quantise } from './quantise.js';

/** A latent on its way to a picture. */
export interface Decoded {
  readonly state: AdamState;
  /** ẑ: the nearest codebook rows, [1, dim, rows, columns]. */
  readonly quantised: Value;
  /** x before the clamp, [1, 3, H, W], or larger where it is decoded with a margin. */
  readonly unclamped: Value;
  readonly clamped: Value;
  /** As it is shown and looked at, [1, 3, H, W] in 0…1. */
  readonly picture: Value;
}

export interface LatentShape {
  readonly dim: number;
  readonly rows: number;
  readonly columns: number;
}

/** The latent's shape, and what becomes of its picture. */
export interface Canvas extends LatentShape {
  /** None when absent. */
  readonly effects?: Effects | undefined;
}

/** Declares `latent`, `first` and `second` (Adam's moments) and decodes the latent to a picture in 0…1. */
export function emitDecode(b: GraphBuilder, networks: PaintNetworks, canvas: Canvas): Decoded {
  const type = { elementType: 'float32', shape: [1, canvas.dim, canvas.rows, canvas.columns] } as const;
  const state = {
    latent: b.input('latent', type),
    first: b.input('first', type),
    second: b.input('second', type),
  };
  return { state, ...decodeLatent(b, networks, { latent: state.latent, effects: canvas.effects ?? {} }) };
}

/** x = clamp(½(G(q(z)) + 1)), for a decoder with outputs in −1…1, and what the effects make of it. */
export function decodeLatent(
  b: GraphBuilder,
  { decode, range, codebook }: PaintNetworks,
  { latent, effects }: { readonly latent: Value; readonly effects: Effects },
): Omit<Decoded, 'state'> {
  const quantised = quantise(b, latent, b.constant(codebook, 'codebook'));
  const cells = effects.tile ? wrapCells(b, quantised) : quantised;
  const unclamped = toUnit(b, decode(b, cells), range);
  const clamped = clampToUnit(b, unclamped);
  const factor = (unclamped.type.shape[2] ?? 0) / (cells.type.shape[2] ?? 1);
  return { quantised, unclamped, clamped, picture: finishPicture(b, clamped, { effects, factor }) };
}

export interface UpdateOptions {
  readonly decoded: Decoded;
  /** dL/dx at the picture as it is looked at. */
  readonly gradient: Value;
  readonly networks: PaintNetworks;
  readonly effects: Effects;
}

/**
 * The gradient's way from the picture to the latent, and Adam's step; declares `adam.*`, `anchor` (a latent to stay near) and
 * `pull` (how strongly) and gives the outputs `latent.next`, `first.next`, `second.next`, and `pulls.loss` where more than CLIP
 * pulls.
 *
 * The decoder's gradient arrives at ẑ and is taken for z's own (straight through). The pull adds that of
 * pull·mean((z − anchor)²)/2.
 */
export function emitUpdate(b: GraphBuilder, { decoded, gradient, networks, effects }: UpdateOptions): void {
  const { codebook, isDecoderHalf: isHalf } = networks;
  const { state, quantised, unclamped, clamped, picture } = decoded;
  const pulls = emitPulls(b, picture, effects);
  if (pulls) b.output(pulls.loss, 'pulls.loss');
  const all = pulls ? op.add(b, gradient, pulls.gradient) : gradient;
  const atClamp = finishGradient(b, { clamped, picture, gradient: all });
  const cotangent = clampGradient(b, { x: unclamped, clamped, gradient: atClamp });
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
