import type { Text } from '../en/text.js';
import { answers } from './answers.js';
import { details } from './details.js';
import { choices, offer } from './offer.js';
import { painting } from './painting.js';
import { permissions } from './permissions.js';
import { queue } from './queue.js';
import { refusals } from './refusals.js';
import { ruling } from './ruling.js';

export const ja: Text = {
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
