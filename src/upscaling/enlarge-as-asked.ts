import type { PaintRequest } from '../contracts/paint-request.js';
import type { Picture } from '../contracts/picture.js';
import { LEARNED_FACTORS, type Upscaler } from './create-upscaler.js';

/** A picture on its way to a file, and by what factor it still has to be resampled. */
export interface Enlarged {
  readonly picture: Picture;
  readonly upscale: PaintRequest['upscale'];
}

/** The picture as large as the request wants where a network shall enlarge it; otherwise as it is, for resampling. */
export async function enlargeAsAsked(
  picture: Picture,
  { upscale, upscaler }: Pick<PaintRequest, 'upscale' | 'upscaler'>,
  { enlarge }: Pick<Upscaler, 'enlarge'>,
): Promise<Enlarged> {
  const factor = LEARNED_FACTORS.find((known) => known === upscale);
  if (upscaler !== 'learned' || factor === undefined) return { picture, upscale };
  return { picture: await enlarge(picture, factor), upscale: 1 };
}
