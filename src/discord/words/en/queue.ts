import { pluralIn } from '../plural.js';

const plural = pluralIn('en');

/** `/queue`. */
export const queue = {
  queueEmpty: 'Nothing in line. The easel is free.',
  queuePaused: '⏸️ The queue is paused.',
  queueNow: '**Painting now**',
  queueNext: '**In line**',
  queueMore: (count: number): string => `… and ${count} more`,
  queueElsewhere: 'a picture in another channel',
  queueElsewhereCount: (count: number): string => `${count} in other servers`,
  queuePainters: (busy: number, all: number): string =>
    plural(all, {
      one: `${busy} of ${all} painter at work`,
      other: `${busy} of ${all} painters at work`,
    }),
  queueUnreadable: (count: number, jobs: string): string =>
    plural(count, {
      one: `The record of 1 picture could not be read (${jobs}); the log names what is wrong with it.`,
      other: `The records of ${count} pictures could not be read (${jobs}); the log names what is wrong with each.`,
    }),
  presenceFree: 'Free: /imagine',
  presence: (painting: number, waiting: number): string => `Painting ${painting} · ${waiting} in line`,
};
