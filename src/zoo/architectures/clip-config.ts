import type { ClipTextConfig, ClipVitConfig } from '../../contracts/architectures.js';

export type { ClipTextConfig, ClipVitConfig };

/** A CLIP whose image tower is a Vision Transformer. */
export interface ClipConfig {
  readonly image: ClipVitConfig;
  readonly text: ClipTextConfig;
}

const words = { context: 77, vocabulary: 49408, activation: 'quick-gelu' } as const;
const TEXT_512: ClipTextConfig = { ...words, embedding: 512, width: 512, layers: 12, heads: 8 };
const TEXT_768: ClipTextConfig = { ...words, embedding: 768, width: 768, layers: 12, heads: 12 };

const B32: ClipConfig = {
  image: {
    ...{ embedding: 512, size: 224, patch: 32, activation: 'quick-gelu' },
    ...{ width: 768, layers: 12, heads: 12 },
  },
  text: TEXT_512,
};
const L14: ClipConfig = {
  image: { ...B32.image, embedding: 768, patch: 14, width: 1024, layers: 24, heads: 16 },
  text: TEXT_768,
};

/** OpenAI's models with a Vision Transformer. */
export const CLIPS = {
  'ViT-B/32': B32,
  'ViT-B/16': { ...B32, image: { ...B32.image, patch: 16 } },
  'ViT-L/14': L14,
  'ViT-L/14@336px': { ...L14, image: { ...L14.image, size: 336 } },
} as const satisfies Record<string, ClipConfig>;
