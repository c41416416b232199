import type { GraphBuilder, Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import { cutoutInputs, cutViews } from './cutouts.js';
import { promptInputs, sphericalLoss } from './loss.js';
import { liftedGradient } from './lifted-gradient.js';
import { type ClipNetwork, normalise } from './networks.js';

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
}

/**
 * Cutouts, image tower, loss, and the gradient back to the picture. Declares the inputs `cutouts.*`, `prompts.*` and
 * `share` (what one cutout counts).
 */
export function emitGuidance(b: GraphBuilder, { picture, clip, cutouts }: GuidanceOptions): Guidance {
  const inputs = cutoutInputs(b, cutouts);
  const share = b.input('share', { elementType: 'float32', shape: [] });
  const views = cutViews(b, { picture, inputs, size: clip.size });
  const embeddings = clip.image(b, normalise(b, views, clip));
  const prompts = promptInputs(b, embeddings.type.shape[1] ?? 0);
  const { loss, cotangent, pulling } = sphericalLoss(b, { embeddings, prompts, share });
  const gradient = liftedGradient(b, { value: embeddings, cotangent, wrt: picture, isHalf: clip.isHalf });
  if (!gradient) throw new Error('The image tower does not depend on its pixels.');
  return { loss, gradient: op.reshape(b, gradient, picture.type.shape), pulling };
}
