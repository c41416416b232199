/** What a request must know of its model: a part of its manifest. */
export interface ModelFacts {
  readonly name: string;
  /** For people. */
  readonly title?: string;
  readonly vqgan: {
    /** Pixels a latent cell, along a side. */
    readonly factor: number;
    /** Absent where a picture cannot be turned into a latent. */
    readonly encoder?: unknown;
  };
  /** What it paints well, to try first. */
  readonly suggestions?: readonly string[];
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

/** The models that can be asked for; every question looks again, since models are added and removed meanwhile. */
export interface ModelSource {
  /** The one that paints where none is named. */
  readonly byDefault: string;
  /** Undefined where there is none of that name, or no longer. */
  find(name: string): Promise<ModelFacts | undefined>;
  list(): Promise<readonly ModelFacts[]>;
}
