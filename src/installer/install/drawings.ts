import type { CodecReference, ImageReference, TextReference } from '../../contracts/manifest.js';
import { type Built, drawDecoder, drawEncoder, drawImageTower, drawTextTower } from '../../zoo/network.js';
import type { Drawing } from '../wanted-weights.js';

/** What has to be drawn to see every weight of a network; sides are small, as no weight depends on them. */
export const drawings = {
  codec: (reference: Built<CodecReference>): readonly Drawing[] => {
    const { config } = reference;
    const dim = 'embeddingWidth' in config ? config.embeddingWidth : config.latentChannels;
    const side = 2 ** (config.multipliers.length - 1);
    return [
      {
        input: { elementType: 'float32', shape: [1, dim, 1, 1] },
        draw: (network, latent) => drawDecoder(network, reference, latent),
      },
      {
        input: { elementType: 'float32', shape: [1, 3, side, side] },
        draw: (network, picture) => drawEncoder(network, reference, picture),
      },
    ];
  },
  image: (reference: Built<ImageReference>): Drawing => ({
    input: { elementType: 'float32', shape: [1, 3, reference.size, reference.size] },
    draw: (network, pixels) => drawImageTower(network, reference, pixels),
  }),
  text: (reference: Built<TextReference>): Drawing => ({
    input: { elementType: 'int64', shape: [1, reference.context] },
    draw: (network, ids) => drawTextTower(network, reference, ids),
  }),
};
