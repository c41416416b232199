import { quote } from '../markdown.js';
import { REASON_ROOM, type RefusalWords } from '../refusals.js';

const STATES = {
  done: 'finished',
  failed: 'ended without a picture',
  cancelled: 'been cancelled',
  finishing: 'finished',
} as const;

export const refusals: RefusalWords = {
  said: ({ sentence }) => quote(sentence, REASON_ROOM),

  restarting: () => 'The bot is restarting; ask again in a minute.',
  expelled: () =>
    'The bot has lost its connection to Discord and takes nothing more; its operator has to look at it.',
  lineFull: () => 'The line is full; try again later.',
  serverFull: () => 'This server already has as many pictures waiting as it may; try again later.',
  manyWaiting: ({ limit }) =>
    `You already have ${limit === 1 ? 'a picture' : `${limit} pictures`} waiting in line; wait for one to start, or cancel one.`,
  tooFast: ({ limit }) => `You may ask for ${limit} pictures a minute; wait a moment.`,
  rerunWaiting: () => 'You already have another version of this picture waiting in line.',
  enoughToday: ({ limit }) => `You may ask for ${limit} pictures within 24 hours here; come back later.`,
  draining: () => 'Nothing more is accepted at the moment; what is in line is painted. Try again later.',
  channelsOnly: ({ channels }) =>
    `Painting is not allowed in this channel; it is in ${channels.map((id) => `<#${id}>`).join(', ')}.`,
  rolesOnly: ({ roles }) =>
    `Only people with one of these roles may paint here: ${roles.map((id) => `<@&${id}>`).join(', ')}.`,
  tooManySteps: ({ limit }) =>
    `Pictures have at most ${limit} steps here, on a sheet all together; ask for fewer.`,
  sideTooLong: ({ limit }) => `Pictures are at most ${limit} pixels long here; ask for a smaller one.`,
  privatePicture: () => 'This picture was painted in another place; it can be painted again only there.',
  banned: ({ reason }) =>
    reason === null ? 'You may not paint here.' : `You may not paint here: ${quote(reason, REASON_ROOM)}`,
  diskFull: () =>
    'The bot has no disk space left for pictures; its operator has to make room before it can paint.',
  notTaken: () =>
    'This server’s automatic moderation blocks your words, so that I cannot show them here; nothing is painted.',
  blockedWord: ({ entry, byServer = false }) =>
    `${byServer ? 'The moderators of this server' : 'The people who run this bot'} do not want ${quote(entry, REASON_ROOM)} painted; ask for something else.`,

  noSuchPicture: () =>
    'There is no such picture here: choose one from the list, or give its id or a link to its message.',
  notYours: () => 'Only the person who asked for this picture, or a moderator of its server, may do that.',
  notWaiting: () => 'This picture no longer waits in line.',
  notBegun: () => 'Nothing of this picture is painted yet; try again in a moment.',
  stillUnderWay: () => 'This picture has not ended yet.',
  operatorsOnly: () => 'Only the people who run this bot may do that.',
  moderatorsOnly: () => 'Only moderators can rule the queue, in a server of theirs.',
  ended: ({ state }) => `This picture has already ${STATES[state]}.`,
  noPictureKept: () => 'The picture is no longer kept; it can only be painted again.',
  heldBack: () => 'Only moderators may look at what was held back.',
  galleryShut: () =>
    'I may not post in this server’s gallery, so the picture is not there; those who can change that are told.',
  notARule: ({ min, max }) =>
    max === undefined
      ? 'This cannot be set like that.'
      : `This can be set from ${min ?? 0} to ${max} here; the people who run this bot allow nothing else.`,
  reportedAlready: () => 'You have reported this picture already.',
  manyReports: () => 'You have reported a lot just now; wait a while.',
  unreadable: () => 'The bot’s record of this picture is damaged; it can only be asked for anew.',

  byOwner: () => 'Its owner cancelled it.',
  byModerator: () => 'A moderator removed it.',
  fault: () => 'Something went wrong while painting this; the operator can find it in the log. Try again.',
  painterDied: ({ times, how }) =>
    `The painter gave up on this ${times === 2 ? 'twice' : `${times} times`}: it ${quote(how, REASON_ROOM)}. Try it smaller or simpler.`,
  imageGone: () => 'A picture this painting needs is no longer stored.',
  givenPicture: ({ flaw }) =>
    ({
      tooManyBytes: 'The picture you gave has too many bytes; give a smaller one.',
      unknown: 'What you gave is no picture I can read; expected a PNG, JPEG, WebP, GIF or AVIF file.',
      heic: 'The picture you gave is HEIC, which I cannot read: save or share it as JPEG.',
      damaged: 'The picture you gave is damaged or has too many pixels; save it anew, or smaller.',
      adult: 'The picture you gave looks like adult content, which may not be painted from here.',
    })[flaw],
  pictureLost: () => 'The finished picture was lost on the bot’s disk.',
  adult: () =>
    'It is painted, but it looks like adult content, which is not shown here. If it is not, a moderator can show it all the same, or try another seed.',
  messageGone: () => 'The message was deleted.',
  channelClosed: () => 'The channel is gone, or I may not post there any more.',
  mayNotAttach: () =>
    'It is painted, but I may not attach files here any more: a moderator can give me *Attach Files*.',
  autoModerated: () =>
    'It is painted, but this server’s automatic moderation blocks the words it was painted from.',
  explicit: () =>
    'It is painted, but Discord takes it for adult content, which this channel or its reader does not allow.',
  tooLarge: () => 'It is painted, but Discord finds the file too large.',
  pictureRefused: () => 'It is painted, but Discord did not take the picture.',
  discordAway: () => 'Discord could not be reached for a day.',
};
