import { englishRefusals } from './refusals.js';

/**
 * Every sentence people on Discord read, in one place; a translation is a second object of type `Text` in `TEXTS`.
 * `<t:…:R>` counts down in the reader's own language and needs no edits.
 */
const en = {
  // A picture's life
  queued: ({ position, of }: { readonly position: number; readonly of: number }) =>
    of > 1 ? `🕰️ **In line**, place ${position} of ${of}` : '🕰️ **In line**, next',
  starts: (when: string) => `starts ${when}`,
  startsSoon: 'starts soon',
  heldBack: 'the queue is paused',
  painting: '🎨 **Painting**',
  warmingUp: 'mixing the colours',
  ends: (when: string) => `done ${when}`,
  progress: ({ percent, step, steps }: { percent: number; step: number; steps: number }) =>
    `${percent} %, step ${step} of ${steps}`,
  loss: (value: string) => `loss ${value}`,
  failed: (reason: string) => `⚠️ **No picture this time.** ${reason}`,
  cancelled: (reason: string) => `🚫 **Cancelled.** ${reason}`,
  noReason: 'Something went wrong on our side; it has been noted.',
  refusals: englishRefusals,
  sentDirectly:
    '📬 It is painted, but I may not attach files here any more: I sent it to its owner directly.',
  whyDirect: (channelId: string) =>
    `-# I may not post this in <#${channelId}> any more, so it comes to you directly.`,
  words: 'The words are left out: this server’s automatic moderation blocks them.',
  stoppedEarly: (step: number) => `ended by itself at step ${step}`,
  parameters: {
    seed: (seed: number) => `seed \`${seed}\``,
    steps: (steps: number) => `${steps} steps`,
    size: (width: number, height: number) => `${width} × ${height}`,
    cutouts: (count: number) => `${count} cutouts`,
    seconds: (seconds: number) => `painted in ${seconds} s`,
    job: (id: string) => `\`${id}\``,
  },
  buttons: { again: 'Again', cancel: 'Cancel', delete: 'Delete', retry: 'Try again', show: 'Show it now' },

  // Answers to one person
  fault: 'Something went wrong on our side; it has been noted. Please try again.',
  unknownCommand: 'This command is not one of mine any more; type / to see those that are.',
  unknownButton: 'This button is from another time; I no longer know what it did.',
  unknownJob: 'I no longer know this picture.',
  cannotPost: (permissions: string) =>
    `I may not post pictures in this channel: please ask a moderator to give me ${permissions} here.`,
  notAMember: (invite: string) =>
    `I was added to this server without a bot user; please [invite me again](<${invite}>).`,
  cancelDone: 'Cancelled.',
  cancelTooLate: 'It had already ended.',
  nothingToCancel: 'You have no picture in line or in work.',
  whichToCancel: 'You have several pictures in line or in work: choose one in the `job` option.',
  deleted: 'Deleted.',
  notYoursToDelete: 'Only the person who asked for this picture, or a moderator, may delete it.',
  unknownWord: (word: string, instead: readonly string[]) =>
    `I don't know *${word}*${instead.length > 0 ? `; I do know ${instead.join(', ')}` : ''}.`,
  showing: 'I try to show it now.',
  notInThread:
    'I am not a member of this private thread, so I could show nothing here: mention me once to let me in, then ask again.',

  // /queue
  queueEmpty: 'Nothing in line. The easel is free.',
  queuePaused: '⏸️ The queue is paused.',
  queueNow: '**Painting now**',
  queueNext: '**In line**',
  queueMore: (count: number) => `… and ${count} more`,
  queueElsewhere: 'a picture in another channel',
  queueElsewhereCount: (count: number) => `${count} in other servers`,
  queuePainters: (busy: number, all: number) => `${busy} of ${all} painters at work`,

  // /queue-admin
  adminOnly: 'Only members with the Manage Server permission may rule the queue.',
  operatorsOnly: 'Only the people who run this bot may do that.',
  paused: 'Paused: pictures in work are finished, the others wait.',
  resumed: 'The queue moves again.',
  stillPaused:
    'This server no longer holds its queue back, but the people who run this bot have paused everything.',
  removed: (id: string) => `Removed \`${id}\`.`,
  cleared: (count: number) =>
    count === 1 ? 'Removed one picture from the line.' : `Removed ${count} pictures from the line.`,
  banned: (userId: string) => `<@${userId}> may not paint any more; what they had in line is taken out.`,
  unbanned: (userId: string) => `<@${userId}> may paint again.`,
  unbannedHere: (userId: string) =>
    `<@${userId}> is no longer banned in this server, but the people who run this bot have banned them everywhere.`,
  bannedEverywhere: (userId: string) =>
    `<@${userId}> was not banned in this server; the people who run this bot have banned them everywhere, and only they can end that.`,
  notBanned: (userId: string) => `<@${userId}> was not banned.`,
  moved: (id: string) => `\`${id}\` is next.`,

  // Names of permissions, as Discord's settings show them
  permissions: {
    ViewChannel: 'View Channel',
    SendMessages: 'Send Messages',
    SendMessagesInThreads: 'Send Messages in Threads',
    AttachFiles: 'Attach Files',
    ReadMessageHistory: 'Read Message History',
    AddReactions: 'Add Reactions',
  },
};

export type Text = typeof en;

const TEXTS: Readonly<Record<string, Text>> = { en };

/** The sentences in the reader's language (`de`, `en-GB`, …), or English. */
export function textFor(locale: string): Text {
  return TEXTS[locale] ?? TEXTS[locale.split('-')[0] ?? ''] ?? en;
}
