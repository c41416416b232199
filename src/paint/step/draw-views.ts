import type { Feeds } from '../../runtime/runtime.js';
import type { Side } from '../canvas/place-picture.js';
import { NOISE_PLACES } from '../graphs/cutouts.js';
import type { Random } from '../random.js';
import type { PaintRequest } from '../../requests/paint-request.js';
import { cutoutFeeds, drawCutouts } from './draw-cutouts.js';
import { drawReferenceViews } from './draw-reference-views.js';

/** Draws one step's views for a CLIP that sees `size` pixels: the inputs `cutouts.*` of its graph. */
export function drawViews(
  random: Random,
  { cutouts: count, compat }: Pick<PaintRequest, 'cutouts' | 'compat'>,
  { width, height, size }: Side & { readonly size: number },
): Feeds {
  if (compat) return drawReferenceViews(random, { count, width, height, size });
  return cutoutFeeds(drawCutouts(random, { count, width, height, size, noisePlaces: NOISE_PLACES }));
}
