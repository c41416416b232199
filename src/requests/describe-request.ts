import type { PaintRequest } from './paint-request.js';
import { formatPrompts } from './prompt-syntax.js';

/** What the file of a picture says of how it came to be, the same at every door. */
export interface RequestDescription {
  /** As it can be typed again, weights and stops included. */
  readonly prompt: string;
  readonly seed: number;
  /** The whole request as JSON. */
  readonly parameters: string;
  /** The sha256 of the manifest of the model that painted it. */
  readonly manifest: string;
}

export function describeRequest(request: PaintRequest, manifest: string): RequestDescription {
  const { prompts, seed } = request;
  return { prompt: formatPrompts(prompts), seed, parameters: JSON.stringify(request), manifest };
}
