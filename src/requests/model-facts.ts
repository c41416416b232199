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
  /** What the qualities `draft` and `fine` mean to it, where shares of its defaults do not say it well. */
  readonly presets?: { readonly [Name in 'quick' | 'artist']?: Preset | undefined } | undefined;
  readonly defaults: {
    /** Share of the steps on half the grid first, where a painting starts from the prior. */
    readonly coarse?: number | undefined;
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

/** Values instead of the defaults; what is absent stays theirs. */
export interface Preset {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly steps?: number | undefined;
  readonly cutouts?: number | undefined;
  readonly learningRate?: number | undefined;
  readonly coarse?: number | undefined;
}
