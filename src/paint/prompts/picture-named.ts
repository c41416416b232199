import type { Picture } from '../../contracts/picture.js';
import { UserError } from '../../errors.js';

/** The picture a request names. @throws UserError when it did not come along. */
export function pictureNamed(images: ReadonlyMap<string, Picture>, sha256: string): Picture {
  const picture = images.get(sha256);
  if (!picture) throw missing(sha256);
  return picture;
}

export function missing(sha256: string): UserError {
  return new UserError(`The picture ${sha256.slice(0, 12)}… that the request names is missing.`);
}
