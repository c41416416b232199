import { describe, expect, it } from 'vitest';
import { countAsked } from '../../src/ledger/asked.js';
import { insertJob, moveJob } from '../../src/ledger/jobs.js';
import { newJob, paintRequest, temporaryLedger } from './fixtures.js';

const NOW = Date.UTC(2026, 0, 2);
const SECOND = 1000;
const HOUR = 3600 * SECOND;

const order = (id: string, ago: number, more: Partial<ReturnType<typeof newJob>> = {}) =>
  newJob(id, { acceptedAt: NOW - ago, ...more });

describe('what a person has asked for', () => {
  it('is nothing where no row is theirs', async () => {
    const ledger = await temporaryLedger();
    const asked = await countAsked(ledger, { userId: 'ann', guildId: null, now: NOW });
    expect(asked).toEqual({ waiting: 0, waitingInGuild: 0, lastMinute: 0, today: 0 });
  });

  it('waits by person anywhere, and by guild of everybody', async () => {
    const ledger = await temporaryLedger();
    await insertJob(ledger, order('j1', 0));
    await insertJob(ledger, order('j2', 0, { userId: 'bob' }));
    await insertJob(ledger, order('j3', 0, { guildId: null }));
    await insertJob(ledger, order('j4', 0));
    await moveJob(ledger, 'j4', { to: 'painting' });
    const ann = { userId: 'ann', now: NOW };
    expect(await countAsked(ledger, { ...ann, guildId: 'guild' })).toMatchObject({
      waiting: 2,
      waitingInGuild: 2,
    });
    expect(await countAsked(ledger, { ...ann, guildId: null })).toMatchObject({
      waiting: 2,
      waitingInGuild: 0,
    });
  });

  it('counts pictures of the last minute everywhere, and of the last day in this place', async () => {
    const ledger = await temporaryLedger();
    await insertJob(ledger, order('j1', 60 * SECOND, { request: paintRequest({ count: 4 }) }));
    await insertJob(ledger, order('j2', 60 * SECOND + 1));
    await insertJob(ledger, order('j3', 0, { guildId: null }));
    await insertJob(ledger, order('j4', 24 * HOUR));
    await insertJob(ledger, order('j5', 24 * HOUR + 1));
    await moveJob(ledger, 'j4', { to: 'cancelled' });
    await insertJob(ledger, order('j6', 0, { userId: 'bob' }));
    const ann = { userId: 'ann', now: NOW };
    expect(await countAsked(ledger, { ...ann, guildId: 'guild' })).toMatchObject({ lastMinute: 5, today: 6 });
    expect(await countAsked(ledger, { ...ann, guildId: null })).toMatchObject({ lastMinute: 5, today: 1 });
    expect(await countAsked(ledger, { ...ann, guildId: 'other' })).toMatchObject({ lastMinute: 5, today: 0 });
  });

  it('waits, but was asked for neither today nor this minute, where the clock was stepped back since', async () => {
    const ledger = await temporaryLedger();
    await insertJob(ledger, order('j1', -HOUR));
    const asked = await countAsked(ledger, { userId: 'ann', guildId: 'guild', now: NOW });
    expect(asked).toEqual({ waiting: 1, waitingInGuild: 1, lastMinute: 0, today: 0 });
  });
});
