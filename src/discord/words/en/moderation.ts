import { pluralIn } from '../plural.js';

const plural = pluralIn('en');

/** What is said to those who look after a server, what the log channel shows, and what people are told of it. */
export const moderation = {
  // /settings
  settingsTitle: '**What holds in this server**',
  mayNotPostIn: (channelId: string, permissions: string): string =>
    `⚠️ I may not post in <#${channelId}>: give me ${permissions} there.`,
  galleryShut: (channelId: string): string =>
    `⚠️ Somebody gave a picture a ⭐, but I may not post in the gallery <#${channelId}>: give me *View Channel*, *Send Messages* and *Attach Files* there, or choose another channel by \`/settings gallery\`.`,
  setTo: (name: string, value: string): string => `**${name}** · ${value}`,
  byDefault: '*(default)*',
  anyChannel: 'everywhere',
  anybody: 'everybody',
  noWords: 'none',
  noChannel: 'none',
  yes: 'yes',
  no: 'no',
  andMore: (count: number): string => `and ${count} more`,

  // /mod
  bansTitle: '**May not paint here**',
  bansEverywhereTitle: '**May not paint anywhere**',
  nobodyBanned: 'Nobody is banned here.',
  nobodyBannedEverywhere: 'Nobody is banned everywhere.',
  banLine: ({ userId, by, when, reason }: Record<'userId' | 'by' | 'when' | 'reason', string>): string =>
    `<@${userId}> · by <@${by}>, ${when}${reason && ` · ${reason}`}`,
  ownLimitsTitle: '**Limits of their own**',
  ownLimit: ({ userId, name, value }: Record<'userId' | 'name' | 'value', string>): string =>
    `<@${userId}> · ${name} ${value}`,
  personLimited: (userId: string, count: number): string =>
    plural(count, {
      one: `<@${userId}> may have ${count} picture waiting in line here.`,
      other: `<@${userId}> may have ${count} pictures waiting in line here.`,
    }),
  personQuota: (userId: string, count: number): string =>
    plural(count, {
      one: `<@${userId}> may ask for ${count} picture within 24 hours here.`,
      other: `<@${userId}> may ask for ${count} pictures within 24 hours here.`,
    }),
  personLikeAll: (userId: string): string => `For <@${userId}> the same holds as for everybody.`,
  logTitle: '**What was done lately**',
  logEmpty: 'Nothing was done yet.',

  // /queue-admin
  retried: (picture: string): string => `Painted once more, as ${picture}.`,
  draining: 'Nothing more is accepted; what waits is painted. `/queue-admin resume` ends it.',
  rulersOnly: 'Only members with the Manage Server permission may do that.',

  // What the log tells
  deed: ({ who, what, when }: Record<'who' | 'what' | 'when', string>): string => `${when} · ${who} ${what}`,
  deeds: {
    remove: (job: string, owner: string): string => `took the picture ${job} of ${owner} out`,
    delete: (job: string, owner: string): string => `deleted the picture ${job} of ${owner}`,
    finish: (job: string, owner: string): string => `ended the picture ${job} of ${owner} early`,
    release: (job: string, owner: string): string => `had the held back picture ${job} of ${owner} shown`,
    retry: (job: string, owner: string): string => `had the picture ${job} of ${owner} painted once more`,
    clear: (count: string): string => `took everything out of the line (${count})`,
    pause: 'paused the line',
    resume: 'let the line go on',
    drain: 'let the line run dry',
    move: (job: string, owner: string, place: string): string =>
      `moved the picture ${job} of ${owner} to place ${place}`,
    prioritise: (job: string): string => `gave the picture ${job} another place in line`,
    ban: (person: string, reason: string): string => `banned ${person}${reason && `: ${reason}`}`,
    unban: (person: string): string => `let ${person} paint again`,
    set: (name: string, value: string): string => `set ${name} to ${value}`,
    setFor: (name: string, value: string, person: string): string => `set ${name} to ${value} for ${person}`,
    report: (job: string, owner: string, reason: string): string =>
      `reported the picture ${job} of ${owner}${reason && `: ${reason}`}`,
    other: (name: string): string => `did: ${name}`,
  },

  // Reports
  menus: { details: 'Details', report: 'Report' },
  reported: 'Thank you; the moderators have been told.',
  reportedNowhere: 'It is noted, but I could not reach a moderator; please tell one.',
  reportTitle: '🚩 **A picture was reported**',
  reportBy: (userId: string): string => `by <@${userId}>`,
  reportOf: (userId: string): string => `painted for <@${userId}>`,
  noPictureThere: 'That message shows no picture of mine.',

  // Taken away
  takenAway: (prompt: string, place: string): string =>
    `A moderator took your picture ${prompt} away (${place}).`,
  movedInLine: (picture: string, place: string): string =>
    `A moderator moved your picture ${picture} to place ${place} in line.`,
  adultReview: 'This was held back. Look at it, and show it to all or delete it.',

  // /privacy
  exported: 'Everything that I keep of you is in this file; only you see it.',
  notSure: 'Nothing was deleted: set `sure` to True to delete everything.',
  forgotten: ({ pictures, messages }: Record<'pictures' | 'messages', number>): string =>
    [
      'Everything of yours is deleted:',
      plural(pictures, {
        one: '1 picture with its prompt.',
        other: `${pictures} pictures with their prompts.`,
      }),
      plural(messages, {
        one: '1 message is being taken away.',
        other: `${messages} messages are being taken away.`,
      }),
      'Bans and what moderators did stay.',
    ].join(' '),

  // /stats
  statsTitle: '**Painted in this server**',
  statsToday: 'last 24 hours',
  statsWeek: 'last 7 days',
  statsLine: ({
    span,
    done,
    people,
    failed,
    wait,
  }: Record<'span' | 'done' | 'people' | 'failed', string> & { readonly wait: string | null }): string =>
    `**${span}** · painted ${done}, for ${people} · failed ${failed}${wait === null ? '' : ` · half of them waited at most ${wait}`}`,
  people: (count: number): string => plural(count, { one: `${count} person`, other: `${count} people` }),
  seconds: (count: number): string => `${count} s`,
  minutes: (count: number): string => `${count} min`,
};
