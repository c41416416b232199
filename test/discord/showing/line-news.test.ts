import { describe, expect, it } from 'vitest';
import { hasMoved } from '../../../src/discord/showing/line-news.js';

const NOW = 1_700_000_000_000;
const MINUTE = 60_000;
const place = (changes: object = {}) => ({
  position: 3,
  of: 9,
  startsAt: NOW + 10 * MINUTE,
  paused: false,
  ...changes,
});
const moved = (changes: object, shown: object = {}) => hasMoved(place(shown), place(changes), NOW);

describe('a place in line is told again', () => {
  it.each([
    ['when it is another', { position: 2 }, true],
    ['when a pause begins', { paused: true, startsAt: null }, true],
    ['not when only others joined', { of: 50 }, false],
    ['not for half a minute', { startsAt: NOW + 10.5 * MINUTE }, false],
    ['not for a minute and a half of ten', { startsAt: NOW + 11.5 * MINUTE }, false],
    ['for three minutes of ten', { startsAt: NOW + 13 * MINUTE }, true],
    ['when the start is known no more', { startsAt: null }, true],
  ])('%s', (_, changes, expected) => expect(moved(changes)).toBe(expected));

  // Of a wait of two minutes a minute is much more than a fifth.
  it.each([
    ['not for just a minute', 60_000, false],
    ['for a second more', 61_000, true],
    ['nor for a minute earlier', -60_000, false],
    ['and for a second more', -61_000, true],
  ])('%s of a short wait', (_, by, expected) => {
    const [then, now] = [NOW + 2 * MINUTE - by, NOW + 2 * MINUTE];
    expect(moved({ startsAt: now }, { startsAt: then })).toBe(expected);
  });

  it('when a start is known at last', () => expect(moved({}, { startsAt: null })).toBe(true));
  it('not while none is known', () => expect(moved({ startsAt: null }, { startsAt: null })).toBe(false));
});
