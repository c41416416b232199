import { UserError } from '../errors.js';
import type { ModelFacts } from './model-facts.js';
import { type PaintRequest, PROMPT_LIMITS } from './paint-request.js';

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
  if (request.init && request.start !== 'picture' && request.init.pull === 0) {
    throw new UserError(
      `Expected \`start\` to be \`picture\`, or a \`pull\` towards it, with an \`init\` picture; got \`${request.start}\`.`,
    );
  }
  if (request.init && !vqgan.encoder) {
    throw new UserError(`The model \`${name}\` has no encoder, so it cannot start from a picture.`);
  }
}
