import type { PaintRequest } from '../contracts/paint-request.js';
import type { EncodedPicture, Picture } from '../contracts/picture.js';
import { encodePicture } from '../images/encode-picture.js';
import type { RequestDescription } from '../requests/describe-request.js';
import type { Enlarged } from '../upscaling/enlarge-as-asked.js';

/** A frame as it is shown, as large as the final picture. It is looked at for seconds: small counts. */
export function encodeFrame(picture: Picture, { upscale }: PaintRequest): Promise<EncodedPicture> {
  return encodePicture(picture, { format: 'webp', quality: 80, upscale });
}

/** The final picture loses nothing, and says how it came to be. */
export function encodeFinal(
  { picture, upscale }: Enlarged,
  metadata: RequestDescription,
): Promise<EncodedPicture> {
  return encodePicture(picture, { format: 'png', upscale, metadata });
}
