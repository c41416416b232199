import type { PaintRequest } from '../../requests/paint-request.js';
import { keepsInit } from '../../requests/keeps-init.js';

/**
 * What is done to the decoder's picture before it is looked at, and what pulls at it beside CLIP: everything about a request
 * beyond its shape that its step graphs are built for. Absent where it is not done, so that plain requests share their graphs.
 */
export interface Effects {
  /** Edges meet: the latent is decoded with a margin of itself, and looked at rolled by any distance. */
  readonly tile?: true;
  readonly symmetry?: NonNullable<PaintRequest['symmetry']>;
  /** Painted inside a mask only, over a picture that is kept. */
  readonly mask?: true;
  /** Pulled towards calm or colourful areas. */
  readonly pulls?: true;
  /** Pulled towards so many colours. */
  readonly colours?: number;
  /** Looked at as the reference does. */
  readonly compat?: NonNullable<PaintRequest['compat']>;
}

/** How many colours a palette has. */
export const COLOURS = 12;

export function effectsOf(request: PaintRequest): Effects {
  const { tile, symmetry, init, smooth = 0, saturation = 0, palette, compat } = request;
  return {
    ...(tile && { tile }),
    ...(symmetry && { symmetry }),
    ...(init && keepsInit(init) && { mask: true as const }),
    ...((smooth !== 0 || saturation !== 0) && { pulls: true as const }),
    ...(palette && palette.pull > 0 && { colours: COLOURS }),
    ...(compat && { compat }),
  };
}
