import type { GraphBuilder, Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import type { Effects } from '../canvas/effects.js';
import { cutoutInputs, cutViews } from './cutouts.js';
import { rollPicture } from './finish.js';
import { promptInputs, sphericalLoss } from './loss.js';
import { liftedGradient } from './lifted-gradient.js';
import { type ClipNetwork, normalise } from './networks.js';
import { referenceViews } from './reference-views.js';

/** What CLIP has to say about a picture. */
export interface Guidance {
  readonly loss: Value;
  /** dL/dx, of the picture's shape. */
  readonly gradient: Value;
  readonly pulling: Value;
}

export interface GuidanceOptions {
  /** [1, 3, H, W] in 0…1. */
  readonly picture: Value;
  readonly clip: ClipNetwork;
  /** Cutouts at a time. */
  readonly cutouts: number;
  readonly effects: Effects;
}

/**
 * Views, image tower, loss, and the gradient back to the picture. Declares the inputs `cutouts.*`, `prompts.*` and
 * `share` (what one cutout counts).
 */
export function emitGuidance(
  b: GraphBuilder,
  { picture, clip, cutouts, effects }: GuidanceOptions,
): Guidance {
  const share = b.input('share', { elementType: 'float32', shape: [] });
  const seen = effects.tile ? rollPicture(b, picture) : picture;
  const views = emitViews(b, seen, { size: clip.size, cutouts, effects });
  const embeddings = clip.image(b, normalise(b, views, clip));
  const prompts = promptInputs(b, embeddings.type.shape[1] ?? 0);
  const { loss, cotangent, pulling } = sphericalLoss(b, { embeddings, prompts, share });
  const gradient = liftedGradient(b, { value: embeddings, cotangent, wrt: picture, isHalf: clip.isHalf });
  if (!gradient) throw new Error('The image tower does not depend on its pixels.');
  return { loss, gradient: op.reshape(b, gradient, picture.type.shape), pulling };
}

function emitViews(
  b: GraphBuilder,
  picture: Value,
  { size, cutouts, effects: { compat } }: { size: number; cutouts: number; effects: Effects },
): Value {
  if (compat) return referenceViews(b, picture, { size, count: cutouts, compat });
  return cutViews(b, { picture, inputs: cutoutInputs(b, cutouts), size });
}
