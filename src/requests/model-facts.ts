/** What a request must know of its model: a part of its manifest. */
export interface ModelFacts {
  readonly name: string;
  readonly vqgan: {
    /** Pixels a latent cell, along a side. */
    readonly factor: number;
    /** Absent where a picture cannot be turned into a latent. */
    readonly encoder?: unknown;
  };
  /** The image–text models that can guide, by name. */
  readonly clips: readonly { readonly name?: string | undefined }[];
  /** Absent where there is nothing to sample a start from. */
  readonly prior?: unknown;
  readonly defaults: {
    readonly width: number;
    readonly height: number;
    readonly steps: number;
    readonly cutouts: number;
    readonly learningRate: number;
    readonly start: 'prior' | 'noise';
  };
}
