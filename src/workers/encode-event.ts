import type { PaintRequest } from '../contracts/paint-request.js';
import type { EncodedPicture, Picture } from '../contracts/picture.js';
import { encodePicture } from '../images/encode-picture.js';

/** A frame is looked at for seconds: small counts. */
export function encodeFrame(picture: Picture): Promise<EncodedPicture> {
  return encodePicture(picture, { format: 'webp', quality: 85 });
}

/** The final picture loses nothing, and says how it came to be. */
export function encodeFinal(picture: Picture, request: PaintRequest): Promise<EncodedPicture> {
  return encodePicture(picture, {
    format: 'png',
    upscale: request.upscale,
    metadata: {
      prompt: request.prompts.map(({ text }) => text).join(' | '),
      seed: request.seed,
      parameters: JSON.stringify(request),
    },
  });
}
