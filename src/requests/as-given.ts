import type { Given } from './options.js';
import type { PaintRequest, Prompt } from './paint-request.js';

/** A request as if it had been asked for with options; pictures are left out. */
export function asGiven(request: PaintRequest): Given & { readonly prompts: readonly Prompt[] } {
  const { prompts, width, height, steps, seed, cutouts, chunk, start, learningRate, ema, coarse } = request;
  const { upscale, upscaler, init } = request;
  const optional = { chunk, learningRate, ema, coarse, upscaler, strength: init?.strength, pull: init?.pull };
  return {
    ...{ prompts, size: { width, height }, steps, seed, cutouts, start, upscale },
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}
