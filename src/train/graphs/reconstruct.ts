import { GraphBuilder, type Model } from 'onnx-gradients/graph';
import type { CodecNetworks } from '../codec/trainable-codec.js';
import { codecParts, NAMES } from './vqgan-step.js';

/** Pictures [batch, 3, side, side] and all parameters to `reconstruction`, of the same shape, and `indices`. */
export function reconstructGraph(codec: CodecNetworks, batch: number, side: number): Model {
  const b = new GraphBuilder();
  const picture = b.input(NAMES.picture, { elementType: 'float32', shape: [batch, 3, side, side] });
  const { quantised, reconstruction } = codecParts(b, codec, picture);
  b.output(reconstruction, 'reconstruction');
  b.output(quantised.indices, NAMES.indices);
  return b.build('vqgan-reconstruct');
}
