import type { Picture } from '../../contracts/picture.js';
import { coverPlanes, pictureFromPlanes } from '../latent/resize-picture.js';

/** What painting made of a coarse picture. */
export interface Change {
  readonly before: Picture;
  readonly after: Picture;
}

/**
 * A picture with what changed on a coarse view of it: p + scaled(after − before). Its details stay, while the colours and large
 * shapes become those of the painted one; as the bands of a Laplacian pyramid are put together (Burt and Adelson 1983).
 */
export function withChange(picture: Picture, { before, after }: Change): Picture {
  const { width, height } = picture;
  const planesOf = (shown: Picture) => coverPlanes(shown, width, height);
  const [details, old, painted] = [planesOf(picture), planesOf(before), planesOf(after)];
  const sum = details.map((value, index) => value + (painted[index] ?? 0) - (old[index] ?? 0));
  return pictureFromPlanes(sum, width, height);
}
