import type { CodeTransformerConfig, VqganConfig } from '../../src/contracts/architectures.js';
import type { DiscriminatorShape } from '../../src/train/graphs/discriminator.js';
import { PRESETS } from '../../src/train/presets.js';

/** A training step: forward, backward by all weights, AdamW. */
export type TrainCase = { readonly title: string; readonly batch: number } & (
  | {
      readonly network: 'vqgan';
      readonly config: VqganConfig;
      readonly side: number;
      readonly discriminator?: DiscriminatorShape;
    }
  | { readonly network: 'transformer'; readonly config: CodeTransformerConfig }
);

const { small, medium } = PRESETS;
const transformer = { width: 256, layers: 6, heads: 8, textLayers: 1, context: 16, vocabulary: 1000 };

export const CASES: readonly TrainCase[] = [
  { title: 'VQGAN small, 64²', network: 'vqgan', config: small.vqgan.config, batch: 8, side: 64 },
  {
    ...{ title: 'VQGAN small, 64², with discriminator and λ', network: 'vqgan', config: small.vqgan.config },
    ...{ batch: 8, side: 64, discriminator: small.vqgan.discriminator },
  },
  { title: 'VQGAN medium, 64²', network: 'vqgan', config: medium.vqgan.config, batch: 8, side: 64 },
  {
    ...{ title: 'transformer 6 × 256, 256 codes of 1,024', network: 'transformer', batch: 8 },
    config: { ...transformer, codes: 1024, grid: [16, 16] },
  },
];
