import type { Offered } from './offer.js';

/** What can be typed by those who look after a server, and by everybody about themselves. */
export const offerService = {
  settings: { name: 'settings', description: 'See and change what holds in this server' },
  'settings show': { name: 'show', description: 'Show everything that is set here' },
  'settings channels': { name: 'channels', description: 'Channels where painting is allowed (everywhere)' },
  'settings roles': { name: 'roles', description: 'Roles that may paint (everybody)' },
  'settings max-steps': {
    name: 'max-steps',
    description: 'The most steps of a picture; of a sheet, of its pictures together',
  },
  'settings max-side': { name: 'max-side', description: 'The longest side of a picture, in pixels' },
  'settings waiting-per-user': {
    name: 'waiting-per-user',
    description: 'How many pictures of one person may wait in line',
  },
  'settings waiting-per-server': {
    name: 'waiting-per-server',
    description: 'How many pictures of this server may wait in line',
  },
  'settings per-day': {
    name: 'per-day',
    description: 'How many pictures one person may ask for within 24 hours',
  },
  'settings blocked-words': {
    name: 'blocked-words',
    description: 'Words that no prompt may hold, however they are disguised',
  },
  'settings allowed-words': {
    name: 'allowed-words',
    description: 'Phrases that hold a blocked word and are allowed all the same',
  },
  'settings adult': { name: 'adult', description: 'Where pictures are shown that look like adult content' },
  'settings adult-limit': {
    name: 'adult-limit',
    description: 'How surely a picture may look like adult content before it is held back (0 to 1)',
  },
  'settings language': { name: 'language', description: 'The language of what everybody reads' },
  'settings frame-seconds': {
    name: 'frame-seconds',
    description: 'The shortest time between two frames in a channel, in seconds',
  },
  'settings retention-days': {
    name: 'retention-days',
    description: 'How many days pictures and prompts are kept',
  },
  'settings gallery': {
    name: 'gallery',
    description: 'Where pictures are shown again that somebody gave a ⭐',
  },
  'settings log-channel': {
    name: 'log-channel',
    description: 'Where deeds of moderators and reports are told',
  },
  'settings tell-removed': {
    name: 'tell-removed',
    description: 'Whether people are told by direct message when a picture of theirs is taken away',
  },
  'settings value': { name: 'value', description: 'What it shall be' },
  'settings add': {
    name: 'add',
    description: 'What comes to the list; several words with commas between them',
  },
  'settings remove': { name: 'remove', description: 'What leaves the list' },
  'settings default': { name: 'default', description: 'Back to what the people who run this bot have set' },
  mod: { name: 'mod', description: 'Moderate painting in this server' },
  'mod ban': {
    name: 'ban',
    description: 'Keep somebody from painting here; what they have in line or in work is taken out',
  },
  'mod unban': { name: 'unban', description: 'Let somebody paint here again' },
  'mod list': { name: 'list', description: 'Show who may not paint, and who has limits of their own' },
  'mod limit': { name: 'limit', description: 'How many pictures of somebody may wait in line here' },
  'mod quota': { name: 'quota', description: 'How many pictures somebody may ask for here within 24 hours' },
  'mod log': { name: 'log', description: 'Show what moderators did, and what was reported' },
  'mod user': { name: 'user', description: 'Who' },
  'mod reason': { name: 'reason', description: 'A sentence they are told' },
  'mod everywhere': {
    name: 'everywhere',
    description: 'In all servers, not only in this one (for the people who run this bot)',
  },
  'mod pictures': { name: 'pictures', description: 'How many; leave it out to give them what everybody has' },
  'queue-admin retry': {
    name: 'retry',
    description: 'Paint a picture that failed once more, for the person who asked for it',
  },
  'queue-admin drain': {
    name: 'drain',
    description: 'Accept nothing more until resume; what waits is painted',
  },
  report: { name: 'report', description: 'Report a picture to the moderators' },
  'report picture': { name: 'picture', description: 'A link to its message, or its id' },
  'report reason': { name: 'reason', description: 'What is wrong with it' },
  privacy: { name: 'privacy', description: 'What this bot keeps of you' },
  'privacy export': {
    name: 'export',
    description: 'Get everything that is kept of you, as a file that only you see',
  },
  'privacy delete': {
    name: 'delete',
    description: 'Delete everything that is kept of you, your pictures here included',
  },
  'privacy sure': {
    name: 'sure',
    description: 'Yes: it all goes, what is being painted too, and cannot come back',
  },
  stats: { name: 'stats', description: 'How much is painted here, for whom, and how long they wait' },
} satisfies Readonly<Record<string, Offered>>;
