import type { Refusal, RefusalKind } from '../../src/contracts/refusal.js';

type Samples = { readonly [Kind in RefusalKind]: Extract<Refusal, { readonly kind: Kind }> };

/** Why nothing more is accepted; a kind that is in no group does not compile. */
const ACCEPTING = {
  restarting: { kind: 'restarting' },
  expelled: { kind: 'expelled' },
  lineFull: { kind: 'lineFull' },
  serverFull: { kind: 'serverFull' },
  manyWaiting: { kind: 'manyWaiting', limit: 3 },
  tooFast: { kind: 'tooFast', limit: 10 },
  rerunWaiting: { kind: 'rerunWaiting' },
  enoughToday: { kind: 'enoughToday', limit: 20 },
  draining: { kind: 'draining' },
  channelsOnly: { kind: 'channelsOnly', channels: ['400000000000000001'] },
  rolesOnly: { kind: 'rolesOnly', roles: ['600000000000000001'] },
  tooManySteps: { kind: 'tooManySteps', limit: 150 },
  sideTooLong: { kind: 'sideTooLong', limit: 512 },
  privatePicture: { kind: 'privatePicture' },
  banned: { kind: 'banned', reason: 'asked for the same thing all night' },
  diskFull: { kind: 'diskFull' },
  notTaken: { kind: 'notTaken' },
  blockedWord: { kind: 'blockedWord', entry: 'gore', byServer: true },
} as const satisfies Partial<Samples>;

/** Why something is not done with a picture, or not set. */
const DOING = {
  noSuchPicture: { kind: 'noSuchPicture' },
  notYours: { kind: 'notYours' },
  notWaiting: { kind: 'notWaiting' },
  notBegun: { kind: 'notBegun' },
  stillUnderWay: { kind: 'stillUnderWay' },
  operatorsOnly: { kind: 'operatorsOnly' },
  moderatorsOnly: { kind: 'moderatorsOnly' },
  ended: { kind: 'ended', state: 'done' },
  noPictureKept: { kind: 'noPictureKept' },
  heldBack: { kind: 'heldBack' },
  galleryShut: { kind: 'galleryShut' },
  reportedAlready: { kind: 'reportedAlready' },
  manyReports: { kind: 'manyReports' },
  notARule: { kind: 'notARule', min: 1, max: 500 },
  unreadable: { kind: 'unreadable' },
} as const satisfies Partial<Samples>;

/** Why a picture ended without being there. */
const ENDING = {
  byOwner: { kind: 'byOwner' },
  byModerator: { kind: 'byModerator' },
  fault: { kind: 'fault' },
  painterDied: { kind: 'painterDied', times: 2, how: 'needed more than 4096 MB of memory' },
  imageGone: { kind: 'imageGone' },
  givenPicture: { kind: 'givenPicture', flaw: 'damaged' },
  pictureLost: { kind: 'pictureLost' },
  adult: { kind: 'adult' },
  messageGone: { kind: 'messageGone' },
  channelClosed: { kind: 'channelClosed' },
  mayNotAttach: { kind: 'mayNotAttach' },
  autoModerated: { kind: 'autoModerated' },
  explicit: { kind: 'explicit' },
  tooLarge: { kind: 'tooLarge' },
  pictureRefused: { kind: 'pictureRefused' },
  discordAway: { kind: 'discordAway' },
} as const satisfies Partial<Samples>;

/** What the engine says itself is as it says it. */
const ALL = { ...ACCEPTING, ...DOING, ...ENDING } satisfies Omit<Samples, 'said'>;

/** Every reason for which something does not happen, under what it keeps from happening. */
export const REFUSALS: Readonly<Record<string, readonly Exclude<Refusal, { kind: 'said' }>[]>> = {
  'Nothing is painted': Object.keys(ACCEPTING).map((kind) => ALL[kind as keyof typeof ACCEPTING]),
  'Nothing is done': Object.keys(DOING).map((kind) => ALL[kind as keyof typeof DOING]),
  'There is no picture': Object.keys(ENDING).map((kind) => ALL[kind as keyof typeof ENDING]),
};
