import { pluralIn } from '../plural.js';

const plural = pluralIn('en');

/** `/queue-admin`. */
export const ruling = {
  operatorsOnly: 'Only the people who run this bot may do that.',
  paused: 'Paused: pictures in work are finished, the others wait.',
  resumed: 'The queue moves again.',
  stillPaused:
    'This server no longer holds its queue back, but the people who run this bot have paused everything.',
  removed: (picture: string): string => `Removed ${picture}.`,
  cleared: (count: number): string =>
    plural(count, {
      one: `Removed ${count} picture from the line.`,
      other: `Removed ${count} pictures from the line.`,
    }),
  banned: (userId: string): string =>
    `<@${userId}> may not paint any more; what they had in line is taken out.`,
  unbanned: (userId: string): string => `<@${userId}> may paint again.`,
  unbannedHere: (userId: string): string =>
    `<@${userId}> is no longer banned in this server, but the people who run this bot have banned them everywhere.`,
  bannedEverywhere: (userId: string): string =>
    `<@${userId}> was not banned in this server; the people who run this bot have banned them everywhere, and only they can end that.`,
  notBanned: (userId: string): string => `<@${userId}> was not banned.`,
  movedTo: ({ picture, place, of }: Record<'picture' | 'place' | 'of', string>): string =>
    `${picture} has place ${place} of ${of} now.`,
  moved: (picture: string): string => `${picture} is next.`,
};
