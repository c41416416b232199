import { FIELDS, type Given } from './options.js';
import type { PaintRequest, Prompt } from './paint-request.js';

/** A request as if it had been asked for with options; pictures are left out. */
export function asGiven(request: PaintRequest): Given & { readonly prompts: readonly Prompt[] } {
  const { prompts, width, height, init, palette, drift } = request;
  const fields = Object.keys(FIELDS).map((name) => [name, request[name as keyof typeof FIELDS]]); // its own keys
  const others = {
    ...{ strength: init?.strength, pull: init?.pull, place: init?.place, palettePull: palette?.pull },
    ...{ zoom: drift?.zoom, panX: drift?.x, panY: drift?.y, driftEvery: drift?.every },
  };
  const given = [...fields, ...Object.entries(others)].filter(([, value]) => value !== undefined);
  return { prompts, size: { width, height }, ...Object.fromEntries(given) };
}
