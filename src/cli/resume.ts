import { statSync } from 'node:fs';
import { UserError } from '../errors.js';
import { decodeState, LONGEST_STATE } from '../paint/latent/saved-state.js';
import { readRegularSync } from '../read-regular.js';
import { withMoreSteps } from '../requests/more-steps.js';
import { OPTION_NAMES, type OptionName, spelled } from '../requests/options.js';
import type { PaintRequest } from '../requests/paint-request.js';

/** A painting to go on with. */
export interface Resumed {
  readonly request: PaintRequest;
  readonly state: Uint8Array;
}

/** What may be asked for anew: more steps, and how the picture is shown; and pictures, which a state does not hold. */
const ALLOWED: readonly OptionName[] = [
  ...(['steps', 'every', 'upscale', 'upscaler'] as const),
  ...(['init', 'mask', 'palette', 'imagePrompt'] as const),
];

interface Wanted extends Partial<Readonly<Record<OptionName, unknown>>> {
  readonly steps?: number | undefined;
  readonly every?: number | undefined;
  readonly upscale?: PaintRequest['upscale'] | undefined;
  readonly upscaler?: PaintRequest['upscaler'];
}

/**
 * Reads what `--state` wrote, with the changes that leave what is painted already as it is.
 *
 * @throws UserError when it cannot be read or continued, or the options would make it another picture.
 */
export function readResumed(file: string, wanted: Wanted): Resumed {
  const other = OPTION_NAMES.find((name) => wanted[name] !== undefined && !ALLOWED.includes(name));
  if (other !== undefined) {
    throw new UserError(
      `Expected \`--resume\` without \`--${spelled(other)}\`: a painting goes on as it began, but for \`--steps\`.`,
    );
  }
  const state = readState(file);
  const { request: before } = decodeState(state);
  const { steps = before.steps, every, upscale, upscaler } = wanted;
  return {
    request: {
      ...withMoreSteps(before, steps),
      frames: every === undefined ? {} : { everySteps: every },
      ...(upscale !== undefined && { upscale }),
      ...(upscaler !== undefined && { upscaler }),
    },
    state,
  };
}

function readState(file: string): Uint8Array {
  try {
    if (statSync(file).size <= LONGEST_STATE) return readRegularSync(file);
  } catch (cause) {
    throw new UserError(`The saved painting \`${file}\` cannot be read.`, { cause });
  }
  throw new UserError(`The saved painting \`${file}\` is larger than allowed.`);
}
