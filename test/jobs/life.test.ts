import { readdirSync } from 'node:fs';
import * as nodeDisk from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { Store } from '../../src/store/store.js';
import { paintRequest } from '../ledger/fixtures.js';
import { ScriptedPainter } from './scripted-painter.js';
import { ann, moderator, openFolder, openStudio, order, until } from './studio.js';

describe('a job’s life', () => {
  it('goes from the line over the painter to a message, one state after the other', async () => {
    const { jobs, start, painter, publisher, statesOf, events } = await openStudio();
    await start();
    const { id } = await jobs.accept(order());
    await until(() => painter.paintings.length === 1);
    painter.current.step(1);
    painter.current.frame(1);
    expect(new TextDecoder().decode(jobs.latestFrame(id)?.bytes)).toBe('frame 1');
    painter.current.finish('the picture');
    await until(() => statesOf(id).includes('done'));
    expect(statesOf(id)).toEqual(['queued', 'painting', 'finishing', 'done']);
    expect(publisher.statesOf(id)).toEqual(['finishing']);
    expect(new TextDecoder().decode(publisher.ends[0]?.picture?.bytes)).toBe('the picture');
    expect(await jobs.find(id)).toMatchObject({
      state: 'done',
      announced: true,
      attempts: 1,
      message: { messageId: `message of ${id}` },
      result: { ended: 'finished', loss: 0.25, format: 'png', bytes: 11 },
    });
    expect((await jobs.findByMessage(`message of ${id}`))?.id).toBe(id);
    expect(new TextDecoder().decode((await jobs.picture(id))?.bytes)).toBe('the picture');
    const kinds = events.map(({ type }) => type);
    expect(kinds.indexOf('step')).toBeLessThan(kinds.indexOf('frame'));
  });

  it('gives painters the pictures a request names, and fails when one is gone', async () => {
    const { jobs, start, painter, store, statesOf } = await openStudio();
    await start();
    const image = await store.put(new TextEncoder().encode('foreign'));
    const init = { image, strength: 0.5, pull: 0 };
    await jobs.accept(order({ request: paintRequest({ start: 'picture', init }) }));
    await until(() => painter.paintings.length === 1);
    expect(new TextDecoder().decode(painter.current.task.images.get(image))).toBe('foreign');
    painter.current.finish();
    const lost = paintRequest({ start: 'picture', init: { ...init, image: 'a'.repeat(64) } });
    const { id } = await jobs.accept(order({ request: lost }));
    await until(() => statesOf(id).includes('failed'));
    expect((await jobs.find(id))?.reason).toEqual({ kind: 'imageGone' });
    expect(painter.paintings).toHaveLength(1);
  });

  it('fails with the painter’s own sentence for the person, and with a neutral one for faults', async () => {
    const { jobs, start, painter, publisher } = await openStudio();
    await start();
    const mistake = await jobs.accept(order());
    const fault = await jobs.accept(order());
    await until(() => painter.paintings.length === 1);
    painter.current.end({ type: 'error', kind: 'user', message: 'Expected less.' });
    await until(() => painter.paintings.length === 2);
    painter.current.end({ type: 'error', kind: 'fault', message: 'undefined is not a function' });
    const damaged = await jobs.accept(order());
    await until(() => painter.paintings.length === 3);
    const refusal = { kind: 'givenPicture', flaw: 'damaged' } as const;
    painter.current.end({ type: 'error', kind: 'user', message: 'The picture is damaged.', refusal });
    await until(async () => (await jobs.find(damaged.id))?.announced === true);
    expect((await jobs.find(damaged.id))?.reason).toEqual(refusal);
    await until(async () => (await jobs.find(fault.id))?.announced === true);
    expect((await jobs.find(mistake.id))?.reason).toEqual({ kind: 'said', sentence: 'Expected less.' });
    expect((await jobs.find(fault.id))?.reason).toEqual({ kind: 'fault' });
    expect(publisher.ends.map(({ job, picture }) => [job.state, picture])).toEqual([
      ['failed', null],
      ['failed', null],
      ['failed', null],
    ]);
  });
});

describe('cancel', () => {
  it('ends a waiting job, which is never painted', async () => {
    const { jobs, start, painter, publisher } = await openStudio();
    await start();
    const first = await jobs.accept(order());
    const second = await jobs.accept(order());
    await until(() => painter.paintings.length === 1);
    expect((await jobs.cancel(second.id, ann)).state).toBe('cancelled');
    expect(jobs.position(second.id)).toBeUndefined();
    painter.current.finish();
    await until(() => publisher.statesOf(first.id).length === 1);
    expect(painter.paintings).toHaveLength(1);
    expect(publisher.statesOf(second.id)).toEqual(['cancelled']);
  });

  it('stops a painting at once and hears nothing of it any more', async () => {
    const { jobs, start, painter, statesOf, events } = await openStudio();
    painter.obeys = false;
    await start();
    const { id } = await jobs.accept(order());
    await until(() => painter.paintings.length === 1);
    await jobs.cancel(id, ann);
    expect(painter.current.task.signal.aborted).toBe(true);
    const heard = events.length;
    painter.current.step(5);
    painter.current.frame(5);
    painter.current.save(5, 'late state');
    expect(events).toHaveLength(heard);
    painter.current.finish();
    await until(() => jobs.snapshot().running.length === 0);
    expect(statesOf(id)).toEqual(['queued', 'painting', 'cancelled']);
  });

  it.each([
    ['state-stored', 'cancelled'],
    ['final-stored', 'cancelled'],
    ['finishing', 'cancelled'],
    ['final-recorded', 'done'],
  ] as const)('at the moment %s leaves one end, shown once: %s', async (point, end) => {
    let cancelled: Promise<unknown> | undefined;
    const crashPoint = (reached: string, id: string) => {
      if (reached === point) cancelled = studio.jobs.cancel(id, ann);
    };
    const studio = await openStudio({ crashPoint });
    const { jobs, start, painter, publisher, statesOf } = studio;
    painter.obeys = false;
    await start();
    const { id } = await jobs.accept(order());
    await until(() => painter.paintings.length === 1);
    painter.current.save(9, 'a state');
    painter.current.finish();
    await until(async () => (await jobs.find(id))?.announced === true);
    await cancelled;
    await jobs.stop();
    expect((await jobs.find(id))?.state).toBe(end);
    expect(statesOf(id).filter((state) => state === 'cancelled' || state === 'done')).toEqual([end]);
    // A picture may be on its way when it is cancelled: the cancellation is shown after it.
    const shown = publisher.statesOf(id).filter((state) => point !== 'finishing' || state !== 'finishing');
    expect(shown).toEqual([end === 'done' ? 'finishing' : 'cancelled']);
  });

  it('twice at a time ends it once', async () => {
    const { jobs, start, painter, publisher } = await openStudio();
    await start();
    const { id } = await jobs.accept(order());
    await until(() => painter.paintings.length === 1);
    await Promise.all([jobs.cancel(id, ann), jobs.cancel(id, moderator), jobs.remove(id, moderator)]);
    await until(async () => (await jobs.find(id))?.announced === true);
    expect(publisher.statesOf(id)).toEqual(['cancelled']);
  });

  it('is refused for a job that is not yours or not there', async () => {
    const { jobs, start } = await openStudio();
    await start();
    const { id } = await jobs.accept(order({ userId: 'bob' }));
    await expect(jobs.cancel(id, ann)).rejects.toThrow(/notYours/);
    await expect(jobs.cancel('nobody’s', ann)).rejects.toThrow(/noSuchPicture/);
    await expect(jobs.cancel(id, { ...moderator, guildId: 'other' })).rejects.toThrow(UserError);
  });
});

describe('a painter that dies', () => {
  it('once, costs nothing: the job goes on first, from its last state', async () => {
    const { jobs, start, painter, statesOf, store } = await openStudio();
    await start();
    const { id } = await jobs.accept(order());
    await jobs.accept(order({ userId: 'bob' }));
    await until(() => painter.paintings.length === 1);
    painter.current.save(1, 'early state');
    painter.current.save(2, 'later state');
    painter.current.end({ type: 'died', reason: 'crashed (SIGSEGV)' });
    await until(() => jobs.position(id)?.position === 1);
    painter.become('idle');
    await until(() => painter.paintings.length === 2);
    expect(painter.current.task.job).toBe(id);
    expect(new TextDecoder().decode(painter.current.task.state)).toBe('later state');
    painter.current.finish();
    await until(() => statesOf(id).includes('done'));
    expect(await jobs.find(id)).toMatchObject({ attempts: 2, deaths: 1 });
    const texts = await Promise.all((await store.list()).map(({ name }) => store.get(name)));
    // The last state stays, so that more steps can be asked for.
    const kept = texts.map((bytes) => new TextDecoder().decode(bytes));
    expect(kept.sort()).toEqual([`final of ${id}`, 'later state']);
  });

  it('twice, fails the job with its reason, and the others are painted', async () => {
    const { jobs, start, painter, publisher } = await openStudio();
    await start();
    const killer = await jobs.accept(order());
    const other = await jobs.accept(order({ userId: 'bob' }));
    for (const count of [1, 2]) {
      await until(() => painter.paintings.length === count);
      painter.current.end({ type: 'died', reason: 'made no progress for 90 seconds' });
      await until(() => jobs.snapshot().running.length === 0);
      painter.become('idle');
    }
    await until(() => painter.paintings.length === 3);
    expect(painter.current.task.job).toBe(other.id);
    painter.current.finish();
    await until(() => publisher.statesOf(other.id).length === 1);
    const { state, reason } = (await jobs.find(killer.id)) ?? {};
    expect([state, reason]).toEqual([
      'failed',
      { kind: 'painterDied', times: 2, how: 'made no progress for 90 seconds' },
    ]);
  });

  it('leaves its lane closed until it is back, and the other lane open', async () => {
    const painters = [new ScriptedPainter('one'), new ScriptedPainter('two')];
    const { jobs, start } = await openStudio({ painters });
    await start();
    const [one, two] = painters as [ScriptedPainter, ScriptedPainter];
    const first = await jobs.accept(order());
    await jobs.accept(order({ userId: 'bob' }));
    await jobs.accept(order({ userId: 'cid' }));
    await until(() => one.paintings.length + two.paintings.length === 2);
    one.current.end({ type: 'died', reason: 'crashed' });
    await until(() => jobs.snapshot().running.length === 1);
    expect(jobs.snapshot().waiting.map(({ job }) => job.userId)).toEqual(['ann', 'cid']);
    two.current.finish();
    await until(() => two.paintings.length === 2);
    expect(two.current.task.job).toBe(first.id);
    expect(one.paintings).toHaveLength(1);
  });

  it('of a saved state it refuses begins anew without it', async () => {
    const { jobs, start, painter } = await openStudio();
    await start();
    const { id } = await jobs.accept(order());
    await until(() => painter.paintings.length === 1);
    painter.current.save(3, 'state of another version');
    painter.current.end({ type: 'died', reason: 'crashed' });
    await until(() => jobs.position(id) !== undefined);
    painter.become('idle');
    await until(() => painter.paintings.length === 2);
    expect(painter.current.task.state).toBeDefined();
    painter.current.end({ type: 'error', kind: 'user', message: 'Expected version 1.' });
    await until(() => painter.paintings.length === 3);
    expect(painter.current.task.state).toBeUndefined();
  });
});

describe('a disk without room', () => {
  it('fails the job whose picture it cannot take, with a sentence, and the next is painted', async () => {
    let isFull = true;
    const open: typeof nodeDisk.open = (path, flags) =>
      nodeDisk.open(isFull && flags === 'wx' ? '/dev/full' : path, isFull && flags === 'wx' ? 'w' : flags);
    const folder = await openFolder();
    const store = await Store.open({ folder: join(folder.path, 'store'), disk: { ...nodeDisk, open } });
    const { jobs, start, painter, statesOf } = await openStudio({ folder, store });
    await start();
    const first = await jobs.accept(order());
    const second = await jobs.accept(order());
    await until(() => painter.paintings.length === 1);
    painter.current.save(1, 'a state');
    painter.current.finish();
    await until(() => painter.paintings.length === 2);
    expect(await jobs.find(first.id)).toMatchObject({
      state: 'failed',
      reason: { kind: 'diskFull' },
    });
    expect(readdirSync(join(folder.path, 'store', 'tmp'))).toEqual([]);
    isFull = false;
    painter.current.finish();
    await until(() => statesOf(second.id).includes('done'));
  });

  it('for the ledger keeps what happened until there is room, and then records it', async () => {
    const { jobs, start, painter, ledger, clock, statesOf } = await openStudio();
    await start();
    const { id } = await jobs.accept(order());
    await until(() => painter.paintings.length === 1);
    const { rows } = await sql<{ page_count: number }>`PRAGMA page_count`.execute(ledger);
    await sql`PRAGMA max_page_count = ${sql.lit(rows[0]?.page_count ?? 1)}`.execute(ledger);
    const big = order({ userId: 'bob', locale: 'x'.repeat(100_000) });
    await expect(jobs.accept(big)).rejects.toThrow(/diskFull/);
    const reason = 'y'.repeat(100_000);
    painter.current.end({ type: 'error', kind: 'user', message: reason });
    await until(() => clock.sleeping === 1);
    expect((await jobs.find(id))?.state).toBe('painting');
    await sql`PRAGMA max_page_count = 100000`.execute(ledger);
    clock.advance(5_000);
    await until(() => statesOf(id).includes('failed'));
    expect((await jobs.find(id))?.reason).toEqual({ kind: 'said', sentence: reason });
  });
});
