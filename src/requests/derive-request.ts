import { withMoreSteps } from './more-steps.js';
import { freshSeed } from './options.js';
import type { PaintRequest } from './paint-request.js';

/** How far from a picture its variations begin. */
const VARIED = 0.5;
/** By which share of its steps a painting goes on. */
const MORE = 0.5;

/** Another picture like one that is there, by its name in the store. */
export function variationOf(
  { legs: _, coarse: __, ...request }: PaintRequest,
  picture: string,
): PaintRequest {
  const init = { image: picture, strength: 1, pull: 0 };
  return { ...request, seed: freshSeed(), start: 'picture', init, vary: VARIED };
}

/** The same painting with half as many steps again, as far as `maxSteps`; undefined where it has those. */
export function goneOnWith(request: PaintRequest, maxSteps: number): PaintRequest | undefined {
  const steps = Math.min(maxSteps, request.steps + Math.ceil(request.steps * MORE));
  return steps > request.steps ? withMoreSteps(request, steps) : undefined;
}

/** The same painting as large and sharp as its file can be; undefined where it is. */
export function enlargedFrom(request: PaintRequest): PaintRequest | undefined {
  const { upscale, upscaler } = request;
  return upscale === 4 && upscaler === 'learned'
    ? undefined
    : { ...request, upscale: 4, upscaler: 'learned' };
}
