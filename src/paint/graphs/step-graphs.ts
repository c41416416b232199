import { rematerialise } from 'onnx-gradients';
import { fold, GraphBuilder, type Model } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import type { Effects } from '../canvas/effects.js';
import { emitGuidance, type Guidance } from './guidance.js';
import type { ClipNetwork, PaintNetworks } from './networks.js';
import { type Canvas, decodeLatent, emitDecode, emitUpdate } from './update.js';

/** Latent → picture [1, 3, H, W] in 0…1: frames and the final picture, and the first third of a step in parts. */
export function decodeGraph(networks: PaintNetworks, { dim, rows, columns, effects = {} }: Canvas): Model {
  const b = new GraphBuilder({ fold });
  const latent = b.input('latent', { elementType: 'float32', shape: [1, dim, rows, columns] });
  b.output(decodeLatent(b, networks, { latent, effects }).picture, 'picture');
  return b.build('decode');
}

/**
 * A whole step in one graph, for one CLIP and all cutouts at once: nothing but the latent with its moments and the few numbers
 * of the cutouts crosses into the runtime, and the decoder runs forward once.
 */
export function fusedStepGraph(
  networks: PaintNetworks,
  { shape, clip, cutouts }: { readonly shape: Canvas; readonly clip: ClipNetwork; readonly cutouts: number },
): Model {
  const b = new GraphBuilder({ fold });
  const decoded = emitDecode(b, networks, shape);
  const { effects = {} } = shape;
  const guidance = emitGuidance(b, { picture: decoded.picture, clip, cutouts, effects });
  outputScalars(b, guidance);
  emitUpdate(b, { decoded, gradient: guidance.gradient, networks, effects });
  return rematerialise(b.build('step'));
}

/** The middle third of a step in parts: picture → loss and gradient, for one CLIP and one chunk of cutouts. */
export function guidanceGraph(
  clip: ClipNetwork,
  {
    height,
    width,
    cutouts,
    effects = {},
  }: {
    readonly height: number;
    readonly width: number;
    readonly cutouts: number;
    readonly effects?: Effects;
  },
): Model {
  const b = new GraphBuilder({ fold });
  const input = b.input('picture', { elementType: 'float32', shape: [1, 3, height, width] });
  // Summed over chunks and CLIPs in the graph, so that every one of them feeds the next.
  const sum = b.input('gradient', input.type);
  const guidance = emitGuidance(b, { picture: input, clip, cutouts, effects });
  outputScalars(b, guidance);
  b.output(op.add(b, sum, guidance.gradient), 'gradient.next');
  return rematerialise(b.build('guidance'));
}

/** The last third of a step in parts: the decoder once more, its vector–Jacobian product with the gradient, and Adam. */
export function updateGraph(
  networks: PaintNetworks,
  { shape, height, width }: { readonly shape: Canvas; readonly height: number; readonly width: number },
): Model {
  const b = new GraphBuilder({ fold });
  const decoded = emitDecode(b, networks, shape);
  const gradient = b.input('gradient', { elementType: 'float32', shape: [1, 3, height, width] });
  emitUpdate(b, { decoded, gradient, networks, effects: shape.effects ?? {} });
  return rematerialise(b.build('update'));
}

function outputScalars(b: GraphBuilder, { loss, pulling }: Guidance): void {
  b.output(loss, 'loss');
  b.output(pulling, 'pulling');
}
