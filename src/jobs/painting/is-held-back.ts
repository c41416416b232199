import type { EncodedPicture } from '../../contracts/picture.js';
import type { JobLimits } from '../line/limits.js';

/** Whether a picture looks too much like adult content to be shown; one that nobody judged does not. */
export function isHeldBack(
  { adult = 0 }: Pick<EncodedPicture, 'adult'>,
  { adultLimit }: Pick<JobLimits, 'adultLimit'>,
): boolean {
  return adult > adultLimit;
}
