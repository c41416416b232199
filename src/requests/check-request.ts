import { RequestError } from './complaint.js';
import { keepsInit } from './keeps-init.js';
import type { ModelFacts } from './model-facts.js';
import type { PaintRequest } from './paint-request.js';
import { PROMPT_LIMITS } from './prompt-limits.js';

/** A tile must be larger than what is added around it while it is decoded. */
const FEWEST_TILE_CELLS = 4;

/**
 * Checks what a request alone cannot know: that it fits the model.
 *
 * @throws UserError in one sentence.
 */
export function checkRequest(request: PaintRequest, { name, vqgan, clips, prior }: ModelFacts): void {
  if (request.model !== name) {
    throw new RequestError({ kind: 'otherModel', model: name, got: request.model });
  }
  for (const side of ['width', 'height'] as const) {
    if (request[side] % vqgan.factor !== 0) {
      const { factor } = vqgan;
      throw new RequestError({ kind: 'notMultiple', option: side, factor, model: name, got: request[side] });
    }
  }
  for (const guide of request.clips ?? []) {
    if (clips.some((clip) => clip.name === guide.name)) continue;
    const known = clips.flatMap((clip) => clip.name ?? []);
    throw new RequestError({ kind: 'noSuchClip', clip: guide.name, model: name, known });
  }
  const prompts = request.prompts.length + request.imagePrompts.length;
  if (prompts === 0) throw new RequestError({ kind: 'noPrompt' });
  if (prompts > 2 * PROMPT_LIMITS.prompts) {
    throw new RequestError({ kind: 'manyPrompts', most: 2 * PROMPT_LIMITS.prompts, got: prompts });
  }
  if (request.start === 'prior' && !prior) {
    throw new RequestError({ kind: 'noPrior', model: name });
  }
  if (request.start === 'prior' && request.prompts.length === 0) {
    throw new RequestError({ kind: 'wordlessPrior' });
  }
  if (request.start === 'picture' && !request.init) {
    throw new RequestError({ kind: 'startWithout', start: request.start });
  }
  const isKept = request.init !== undefined && keepsInit(request.init);
  if (request.init && request.start !== 'picture' && request.init.pull === 0 && !isKept) {
    throw new RequestError({ kind: 'uselessInit', start: request.start });
  }
  if (request.vary !== undefined && request.start !== 'picture') {
    throw new RequestError({ kind: 'nothingToVary' });
  }
  const cells = { width: request.width / vqgan.factor, height: request.height / vqgan.factor };
  if (request.tile && Math.min(cells.width, cells.height) < FEWEST_TILE_CELLS) {
    const least = FEWEST_TILE_CELLS * vqgan.factor;
    const { width, height } = request;
    throw new RequestError({ kind: 'smallTile', least, width, height });
  }
  if (request.drift && !vqgan.encoder) {
    throw new RequestError({ kind: 'noJourney', model: name });
  }
  if (request.init && !vqgan.encoder) {
    throw new RequestError({ kind: 'noEncoder', model: name });
  }
}
