import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../errors.js';
import { STEPS } from './options.js';
import type { PaintRequest } from './paint-request.js';

/**
 * The last step of each leg of a painting, the final one included. A leg is a stretch that was asked for at one time: its learning
 * rate falls towards its own end.
 */
export function legEnds({ legs = [], steps }: Pick<PaintRequest, 'legs' | 'steps'>): readonly number[] {
  return [...legs, steps];
}

/**
 * The same painting with more steps behind those it has: to be continued from its saved state or painted from the start, which
 * comes to the same bytes.
 *
 * @throws UserError unless `steps` is more than it has, and no more than a request may have.
 */
export function withMoreSteps(request: PaintRequest, steps: number): PaintRequest {
  if (steps === request.steps) return request;
  if (steps < request.steps || steps > STEPS.max) {
    throw new UserError(
      `Expected \`steps\` to be a whole number between ${request.steps} and ${STEPS.max} for a painting of ${request.steps} steps, got \`${steps}\`.`,
    );
  }
  return { ...request, steps, legs: [...legEnds(request)] };
}

/** Whether a painting of one request, as far as it is, is also one of the other: it may have more steps or be shown otherwise. */
export function isContinuedBy(earlier: PaintRequest, later: PaintRequest): boolean {
  const ends = legEnds(earlier);
  return (
    isDeepStrictEqual(painted(earlier), painted(later)) &&
    isDeepStrictEqual(legEnds(later).slice(0, ends.length), ends)
  );
}

/** What of a request decides the latent at a step, but for its legs. */
function painted(request: PaintRequest): Partial<PaintRequest> {
  const { steps: _, legs: __, frames: ___, upscale: ____, upscaler: _____, ...others } = request;
  return others;
}
