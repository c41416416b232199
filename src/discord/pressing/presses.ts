import type { ButtonVerb } from '../asking/custom-id.js';
import { again } from './again.js';
import { cancel } from './cancel.js';
import { details } from './details.js';
import { direct } from './direct.js';
import { enlarge } from './enlarge.js';
import { film } from './film.js';
import { finish } from './finish.js';
import { more } from './more.js';
import { chosen, varied } from './of-sheet.js';
import type { Press } from './press.js';
import { remix } from './remix.js';
import { remove } from './remove.js';
import { retry } from './retry.js';
import { review } from './review.js';
import { show } from './show.js';
import { vary } from './vary.js';

/** Every button under a picture. A new one is a file beside this, a verb in `custom-id.ts` and a line here. */
export const PRESSES: Readonly<Record<ButtonVerb, Press>> = {
  again,
  retry,
  cancel,
  finish,
  delete: remove,
  show,
  review,
  vary,
  remix,
  more,
  enlarge,
  film,
  details,
  direct,
  u1: chosen(0),
  u2: chosen(1),
  u3: chosen(2),
  u4: chosen(3),
  v1: varied(0),
  v2: varied(1),
  v3: varied(2),
  v4: varied(3),
};
