import type { Text } from '../en/text.js';
import { answers } from './answers.js';
import { complaints } from './complaints.js';
import { details } from './details.js';
import { help } from './help.js';
import { choices, offer } from './offer.js';
import { painting } from './painting.js';
import { moderation } from './moderation.js';
import { offerService } from './offer-service.js';
import { permissions } from './permissions.js';
import { personal } from './personal.js';
import { queue } from './queue.js';
import { refusals } from './refusals.js';
import { ruling } from './ruling.js';

export const ja: Text = {
  ...painting,
  ...answers,
  ...queue,
  ...personal,
  ...ruling,
  ...moderation,
  permissions,
  refusals,
  complaints,
  details,
  help,
  offer: { ...offer, ...offerService },
  choices,
};
