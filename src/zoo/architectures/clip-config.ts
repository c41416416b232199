/** One transformer of a CLIP. */
export interface ClipTransformer {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
}

/** The shape of a CLIP whose image tower is a Vision Transformer (Radford et al. 2021, table 20). */
export interface ClipConfig {
  /** Width of the shared embedding. */
  readonly embedding: number;
  readonly image: ClipTransformer & {
    /** Side of the input in pixels. */
    readonly size: number;
    /** Side of a patch in pixels; divides `size`. */
    readonly patch: number;
  };
  readonly text: ClipTransformer & {
    /** Tokens a text. */
    readonly context: number;
    readonly vocabulary: number;
  };
}

const TEXT_512 = { width: 512, layers: 12, heads: 8, context: 77, vocabulary: 49408 } as const;
const TEXT_768 = { ...TEXT_512, width: 768, heads: 12 } as const;

const B32: ClipConfig = {
  embedding: 512,
  image: { width: 768, layers: 12, heads: 12, size: 224, patch: 32 },
  text: TEXT_512,
};
const L14: ClipConfig = {
  embedding: 768,
  image: { width: 1024, layers: 24, heads: 16, size: 224, patch: 14 },
  text: TEXT_768,
};

/** The published models with a Vision Transformer. */
export const CLIPS = {
  'ViT-B/32': B32,
  'ViT-B/16': { ...B32, image: { ...B32.image, patch: 16 } },
  'ViT-L/14': L14,
  'ViT-L/14@336px': { ...L14, image: { ...L14.image, size: 336 } },
} as const satisfies Record<string, ClipConfig>;
