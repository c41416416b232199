/** A raw picture: interleaved 8-bit sRGB, row-major, `pixels.length = 3 · width · height`. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** How pictures are encoded. */
export const FORMATS = ['png', 'webp', 'jpeg'] as const;

/** A picture as a file's bytes. */
export interface EncodedPicture {
  readonly format: (typeof FORMATS)[number];
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
  /** How surely it shows adult content, 0…1; absent where nobody judged. */
  readonly adult?: number;
}
