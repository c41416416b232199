import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { findJob } from '../../../src/ledger/jobs.js';
import { openLedger } from '../../../src/ledger/open-ledger.js';
import { setSetting } from '../../../src/ledger/settings.js';
import { paintRequest } from '../../ledger/fixtures.js';
import { moderator, openStudio, operator, order, until } from '../studio.js';

describe('accept', () => {
  it('resolves only once the row can be read by another process', async () => {
    const { jobs, start, path } = await openStudio();
    await start();
    const job = await jobs.accept(order());
    const other = await openLedger(`${path}/ledger.db`);
    expect(await findJob(other, job.id)).toMatchObject({ id: job.id, userId: 'ann' });
    await other.destroy();
  });

  it('gives one job for one interaction, asked ten times at once', async () => {
    const { jobs, start, events } = await openStudio();
    await start();
    const twice = order();
    const accepted = await Promise.all(Array.from({ length: 10 }, () => jobs.accept(twice)));
    expect(new Set(accepted.map(({ id }) => id)).size).toBe(1);
    expect(events.filter((event) => event.type === 'state' && event.from === null)).toHaveLength(1);
  });

  it('lets exactly as many wait as a person may, however many are asked for at once', async () => {
    const { jobs, start, painter } = await openStudio({ limits: { waitingPerUser: 2 } });
    await start();
    painter.become('restarting');
    const asked = await Promise.allSettled(Array.from({ length: 6 }, () => jobs.accept(order())));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    const refused = asked.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    for (const reason of refused) expect(reason).toBeInstanceOf(UserError);
    expect(String(refused[0])).toMatch(/manyWaiting/);
    await expect(jobs.accept(order({ userId: 'bob' }))).resolves.toBeDefined();
  });

  it('lets a person ask only so often within a minute, and nobody else wait for that', async () => {
    const { jobs, start, clock, painter } = await openStudio({ limits: { perMinute: 2, waitingPerUser: 9 } });
    await start();
    painter.become('restarting');
    await jobs.accept(order());
    clock.advance(30_000);
    const second = order();
    await jobs.accept(second);
    await expect(jobs.accept(order())).rejects.toMatchObject({ refusal: { kind: 'tooFast', limit: 2 } });
    // What was accepted already is no new wish.
    await expect(jobs.accept(second)).resolves.toBeDefined();
    await expect(jobs.accept(order({ userId: 'bob' }))).resolves.toBeDefined();
    clock.advance(30_001);
    await expect(jobs.accept(order())).resolves.toBeDefined();
    await expect(jobs.accept(order())).rejects.toMatchObject({ refusal: { kind: 'tooFast' } });
  });

  it('does not count what is painted already, and lets a guild set its own limits', async () => {
    const { jobs, start, ledger, painter } = await openStudio();
    await start();
    await setSetting(ledger, 'guild', { name: 'waitingPerUser', value: 1 });
    await setSetting(ledger, 'guild', { name: 'waitingPerServer', value: 2 });
    await jobs.accept(order());
    await until(() => painter.paintings.length === 1);
    await jobs.accept(order());
    await expect(jobs.accept(order())).rejects.toThrow(/manyWaiting/);
    await jobs.accept(order({ userId: 'bob' }));
    await expect(jobs.accept(order({ userId: 'cid' }))).rejects.toThrow(/serverFull/);
    await expect(jobs.accept(order({ guildId: 'other' }))).resolves.toBeDefined();
  });

  it('refuses when the whole line is full', async () => {
    const { jobs, start, painter } = await openStudio({ limits: { waiting: 1 } });
    await start();
    painter.become('restarting');
    await jobs.accept(order({ guildId: null }));
    await expect(jobs.accept(order({ userId: 'bob', guildId: null }))).rejects.toThrow(/lineFull/);
  });

  it('takes a rerun of the same picture by the same person once while it waits', async () => {
    const { jobs, start, painter } = await openStudio();
    await start();
    const parent = await jobs.accept(order());
    await until(() => painter.paintings.length === 1);
    const rerun = await jobs.accept(order({ parentJob: parent.id }));
    expect(rerun.parentJob).toBe(parent.id);
    await expect(jobs.accept(order({ parentJob: parent.id }))).rejects.toThrow(/rerunWaiting/);
    const reworded = paintRequest({ prompts: [{ text: 'something else', weight: 1 }] });
    await jobs.accept(order({ parentJob: parent.id, request: reworded }));
    const another = order({ parentJob: parent.id, request: { ...reworded, seed: 8 } });
    await expect(jobs.accept(another)).rejects.toThrow(/rerunWaiting/);
    await jobs.accept(order({ parentJob: parent.id, userId: 'bob' }));
    painter.current.finish();
    await until(() => painter.paintings.length === 2);
    await expect(jobs.accept(order({ parentJob: parent.id }))).resolves.toBeDefined();
  });

  it('refuses the banned where they are banned, and ends what they had waiting there', async () => {
    const { jobs, start, painter, statesOf } = await openStudio();
    await start();
    painter.become('restarting');
    const waiting = await jobs.accept(order({ userId: 'eve' }));
    const elsewhere = await jobs.accept(order({ userId: 'eve', guildId: 'other' }));
    await jobs.ban({ userId: 'eve', reason: 'No more of that.' }, moderator);
    expect(statesOf(waiting.id)).toEqual(['queued', 'cancelled']);
    expect(statesOf(elsewhere.id)).toEqual(['queued']);
    await expect(jobs.accept(order({ userId: 'eve' }))).rejects.toMatchObject({
      refusal: { kind: 'banned', reason: 'No more of that.' },
    });
    expect(await jobs.unban('eve', moderator)).toMatchObject({ wasBanned: true });
    await expect(jobs.accept(order({ userId: 'eve' }))).resolves.toBeDefined();
    await jobs.ban({ userId: 'eve' }, operator);
    await expect(jobs.accept(order({ userId: 'eve', guildId: null }))).rejects.toThrow(UserError);
  });

  it('refuses with a sentence when the disk has no room, and before and after its time', async () => {
    const full = await openStudio({ limits: { minFreeBytes: Number.MAX_SAFE_INTEGER } });
    await expect(full.jobs.accept(order())).rejects.toThrow(/restarting/);
    await full.start();
    await expect(full.jobs.accept(order())).rejects.toThrow(/diskFull/);
    await full.jobs.stop();
    await expect(full.jobs.accept(order())).rejects.toThrow(/restarting/);
  });
});
