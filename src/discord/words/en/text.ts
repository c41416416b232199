import { answers } from './answers.js';
import { details } from './details.js';
import { choices, offer } from './offer.js';
import { painting } from './painting.js';
import { permissions } from './permissions.js';
import { queue } from './queue.js';
import { refusals } from './refusals.js';
import { ruling } from './ruling.js';

/**
 * Every word people on Discord read, in English. Whatever is here has to be in every translation, or that does not
 * compile.
 */
export const en = {
  ...painting,
  ...answers,
  ...queue,
  ...ruling,
  permissions,
  refusals,
  details,
  offer,
  choices,
};

export type Text = typeof en;
