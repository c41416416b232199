import { UserError } from '../errors.js';
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
    throw new UserError(`Expected a request for the model \`${name}\`, got one for \`${request.model}\`.`);
  }
  for (const side of ['width', 'height'] as const) {
    if (request[side] % vqgan.factor !== 0) {
      throw new UserError(
        `Expected \`${side}\` to be a multiple of ${vqgan.factor} for the model \`${name}\`, got \`${request[side]}\`.`,
      );
    }
  }
  for (const guide of request.clips ?? []) {
    if (clips.some((clip) => clip.name === guide.name)) continue;
    const known = clips.flatMap((clip) => clip.name ?? []).join(', ') || 'none by name';
    throw new UserError(
      `Expected \`clips\` to be among those of the model \`${name}\` (${known}), got \`${guide.name}\`.`,
    );
  }
  const prompts = request.prompts.length + request.imagePrompts.length;
  if (prompts === 0) throw new UserError('Expected at least one prompt.');
  if (prompts > 2 * PROMPT_LIMITS.prompts) {
    throw new UserError(`Expected at most ${2 * PROMPT_LIMITS.prompts} prompts, got ${prompts}.`);
  }
  if (request.start === 'prior' && !prior) {
    throw new UserError(
      `The model \`${name}\` has no prior; expected \`start\` to be \`noise\` or \`picture\`.`,
    );
  }
  if (request.start === 'prior' && request.prompts.length === 0) {
    throw new UserError('Expected a prompt in words when `start` is `prior`.');
  }
  if (request.start === 'picture' && !request.init) {
    throw new UserError('Expected `init` with a picture when `start` is `picture`.');
  }
  const isKept = request.init !== undefined && keepsInit(request.init);
  if (request.init && request.start !== 'picture' && request.init.pull === 0 && !isKept) {
    throw new UserError(
      `Expected \`start\` to be \`picture\`, or a \`pull\` towards it, with an \`init\` picture; got \`${request.start}\`.`,
    );
  }
  if (request.vary !== undefined && request.start !== 'picture') {
    throw new UserError('Expected `init` with a picture to `vary`.');
  }
  const cells = { width: request.width / vqgan.factor, height: request.height / vqgan.factor };
  if (request.tile && Math.min(cells.width, cells.height) < FEWEST_TILE_CELLS) {
    const least = FEWEST_TILE_CELLS * vqgan.factor;
    throw new UserError(
      `Expected sides of at least ${least} for a \`tile\`, got ${request.width}x${request.height}.`,
    );
  }
  if (request.drift && !vqgan.encoder) {
    throw new UserError(`The model \`${name}\` has no encoder, so its pictures cannot go on a journey.`);
  }
  if (request.init && !vqgan.encoder) {
    throw new UserError(`The model \`${name}\` has no encoder, so it cannot start from a picture.`);
  }
}
