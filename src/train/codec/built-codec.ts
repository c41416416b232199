import type { VqganConfig } from '../../contracts/architectures.js';
import type { CodecReference } from '../../contracts/manifest.js';
import { factorOf } from '../../zoo/architectures/vqgan-config.js';
import { type Built, drawDecoder, drawEncoder } from '../../zoo/network.js';
import { writeWeights } from '../export/write-weights.js';
import { CODEBOOK, type TrainableCodec } from './trainable-codec.js';

export interface BuiltCodec {
  readonly decoder: Built<CodecReference>;
  readonly encoder: Built<CodecReference>;
  readonly factor: number;
  readonly codes: number;
  readonly width: number;
  readonly range: readonly [number, number];
}

/** Networks that Easel draws itself: what is trained, shipped and converted is one definition. */
export function builtCodec({ decoder, encoder, range, ...numbers }: BuiltCodec): TrainableCodec {
  return {
    ...numbers,
    identity: decoder.config,
    encoder: (network, picture) => drawEncoder(network, encoder, picture),
    decoder: (network, latent) => drawDecoder(network, decoder, latent),
    write: async (folder, step, weights) => {
      const file = `vqgan-${step}.safetensors`;
      return {
        decoder: { ...decoder, weights: file },
        encoder: { ...encoder, weights: file },
        codebook: { weights: file, tensor: CODEBOOK, unitRows: false },
        range: [...range],
        files: await writeWeights(folder, file, weights),
      };
    },
  };
}

/** A VQGAN of this configuration. */
export function vqganCodec(config: VqganConfig): TrainableCodec {
  const network = { architecture: 'vqgan', config, weights: '' } as const;
  const { codes, embeddingWidth: width } = config;
  return builtCodec({
    ...{ decoder: network, encoder: network, factor: factorOf(config), codes, width, range: [-1, 1] },
  });
}
