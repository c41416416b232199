import type { EncodedPicture } from '../../contracts/picture.js';

export interface FitWishes {
  readonly maxBytes: number;
  /** A picture shorter than this on a side is enlarged. */
  readonly minSide: number;
  /** A frame that will be replaced in seconds: few bytes matter more than the last bit of quality. */
  readonly small: boolean;
}

/** Makes one of our own pictures fit for a message, re-encoding it where it must; given to this room from outside. */
export type FitPicture = (picture: EncodedPicture, wishes: FitWishes) => Promise<EncodedPicture>;
