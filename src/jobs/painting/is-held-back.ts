import type { EncodedPicture } from '../../contracts/picture.js';

/** Whether a picture looks too much like adult content to be shown; one that nobody judged does not. */
export function isHeldBack(
  { adult = 0 }: Pick<EncodedPicture, 'adult'>,
  { adultLimit }: { readonly adultLimit: number },
): boolean {
  return adult > adultLimit;
}
