import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { listAudit } from '../../../src/ledger/audit.js';
import { paintRequest } from '../../ledger/fixtures.js';
import { ScriptedPainter } from '../scripted-painter.js';
import { ann, bob, moderator, openStudio, operator, order, until } from '../studio.js';

/** A studio whose one painter is busy with a job of somebody else. */
async function busyStudio() {
  const studio = await openStudio();
  await studio.start();
  const painting = await studio.jobs.accept(order({ userId: 'zoe', guildId: 'elsewhere' }));
  await until(() => studio.painter.paintings.length === 1);
  const idsInLine = () => studio.jobs.snapshot().waiting.map(({ job }) => job.id);
  return { ...studio, painting, idsInLine };
}

const elsewhere = { ...moderator, guildId: 'elsewhere' };

describe('moderation', () => {
  it('lets members rule nothing and moderators only their guild', async () => {
    const { jobs, painting } = await busyStudio();
    const { id } = await jobs.accept(order());
    for (const refused of [
      () => jobs.pause(ann),
      () => jobs.clear(ann),
      () => jobs.remove(id, bob),
      () => jobs.remove(id, ann),
      () => jobs.remove(id, elsewhere),
      () => jobs.remove(painting.id, moderator),
      () => jobs.moveToFront(id, moderator),
      () => jobs.setPriority(id, 5, moderator),
      () => jobs.ban({ userId: 'bob' }, ann),
      () => jobs.pause({ ...moderator, guildId: null }),
    ]) {
      await expect(refused()).rejects.toThrow(UserError);
    }
    expect(await jobs.remove(id, moderator)).toBe('cancelled');
  });

  it('removes a job that waits or is painted, and writes down who did it', async () => {
    const { jobs, painting, painter, ledger } = await busyStudio();
    const waiting = await jobs.accept(order());
    await jobs.remove(waiting.id, moderator);
    await jobs.remove(painting.id, operator);
    expect(painter.current.task.signal.aborted).toBe(true);
    const log = await listAudit(ledger, { guildId: null, limit: 9 });
    expect(
      log.map(({ action, actorId, jobId, guildId }) => [action, actorId, jobId, guildId]).sort(),
    ).toEqual([
      ['remove', 'mod', waiting.id, 'guild'],
      ['remove', 'op', painting.id, 'elsewhere'],
    ]);
  });

  it('keeps no words of what a moderator removed, whether it waits or has ended', async () => {
    const { jobs, ledger } = await busyStudio();
    const waiting = await jobs.accept(order());
    const ended = await jobs.accept(order());
    await jobs.cancel(ended.id, ann);
    expect((await jobs.find(ended.id))?.request.prompts).not.toEqual([]);
    expect(await jobs.remove(waiting.id, moderator)).toBe('cancelled');
    expect(await jobs.remove(ended.id, moderator)).toBe('released');
    for (const { id } of [waiting, ended]) {
      expect(await jobs.find(id)).toMatchObject({ state: 'cancelled', request: { prompts: [] } });
    }
    const log = await listAudit(ledger, { guildId: 'guild', limit: 9 });
    expect(log.map(({ action, jobId }) => [action, jobId]).sort()).toEqual([
      ['delete', ended.id],
      ['remove', waiting.id],
    ]);
  });

  it('clears what waits in the guild, nothing else, and shows each its end', async () => {
    const { jobs, publisher, ledger, clock, idsInLine } = await busyStudio();
    const here = [await jobs.accept(order()), await jobs.accept(order({ userId: 'bob' }))];
    const there = await jobs.accept(order({ guildId: 'elsewhere' }));
    expect(await jobs.clear(moderator)).toBe(2);
    expect(idsInLine()).toEqual([there.id]);
    await until(() => publisher.ends.length === 2);
    expect(new Set(publisher.ends.map(({ job }) => job.id))).toEqual(new Set(here.map(({ id }) => id)));
    clock.advance(1);
    expect(await jobs.clear(operator)).toBe(1);
    expect((await listAudit(ledger, { guildId: null, limit: 9 })).map(({ detail }) => detail)).toEqual([
      { count: 1 },
      { count: 2 },
    ]);
    expect(jobs.snapshot().running).toHaveLength(1);
  });

  it('holds a paused guild back, accepts its jobs, and lets them go on at the old place', async () => {
    const { jobs, painter, idsInLine } = await busyStudio();
    const first = await jobs.accept(order());
    await jobs.pause(moderator);
    const other = await jobs.accept(order({ userId: 'bob', guildId: 'elsewhere' }));
    const held = await jobs.accept(order());
    expect(idsInLine()).toEqual([other.id, first.id, held.id]);
    expect(jobs.position(first.id)).toMatchObject({ position: 2, of: 3, paused: true });
    await jobs.pause(operator);
    painter.current.finish();
    await until(() => jobs.snapshot().running.length === 0);
    expect(jobs.snapshot()).toMatchObject({ paused: true, waitingTotal: 3 });
    expect(painter.paintings).toHaveLength(1);
    await jobs.resume(operator);
    await until(() => painter.paintings.length === 2);
    expect(painter.current.task.job).toBe(other.id);
    await jobs.resume(moderator);
    expect(idsInLine()).toEqual([first.id, held.id]);
  });

  it('holds direct messages back only when everything is paused', async () => {
    const { jobs } = await busyStudio();
    const direct = await jobs.accept(order({ guildId: null }));
    await jobs.pause(moderator);
    expect(jobs.position(direct.id)?.paused).toBe(false);
    await jobs.pause(operator);
    expect(jobs.position(direct.id)?.paused).toBe(true);
  });

  it('moves a job before all that wait, the last one moved first of all', async () => {
    const { jobs, ledger, clock, idsInLine } = await busyStudio();
    const [a, b, c] = [
      await jobs.accept(order({ userId: 'a' })),
      await jobs.accept(order({ userId: 'b' })),
      await jobs.accept(order({ userId: 'c' })),
    ];
    await jobs.moveToFront(b.id, operator);
    await jobs.moveToFront(c.id, operator);
    expect(idsInLine()).toEqual([c.id, b.id, a.id]);
    clock.advance(1);
    await jobs.setPriority(c.id, -1, operator);
    expect(idsInLine()).toEqual([b.id, a.id, c.id]);
    expect((await jobs.find(c.id))?.priority).toBe(-1);
    expect((await listAudit(ledger, { guildId: null, limit: 1 }))[0]).toMatchObject({
      action: 'prioritise',
      jobId: c.id,
    });
  });

  it('cannot move what no longer waits', async () => {
    const { jobs, painting } = await busyStudio();
    await expect(jobs.moveToFront(painting.id, operator)).rejects.toThrow(/notWaiting/);
  });
});

describe('places in line', () => {
  it('say nothing of time before anything was measured', async () => {
    const { jobs } = await busyStudio();
    const { id } = await jobs.accept(order());
    expect(jobs.position(id)).toEqual({ position: 1, of: 1, startsAt: null, paused: false });
    expect(jobs.snapshot().running[0]?.endsAt).toBeNull();
  });

  it('foresee the start from measured steps: what is left of the running one and all of those ahead', async () => {
    const { jobs, painter, clock } = await busyStudio();
    const ahead = await jobs.accept(order({ request: paintRequest({ steps: 20 }) }));
    const behind = await jobs.accept(order({ userId: 'bob' }));
    painter.current.step(4, 100);
    expect(jobs.position(ahead.id)?.startsAt).toBe(clock.now() + 6 * 100);
    expect(jobs.position(behind.id)?.startsAt).toBe(clock.now() + 6 * 100 + 20 * 100);
    expect(jobs.snapshot().running[0]).toMatchObject({ step: 4, steps: 10, endsAt: clock.now() + 600 });
    const places = jobs.snapshot().waiting.map(({ position, startsAt }) => [position, startsAt]);
    expect(places).toEqual([
      [1, jobs.position(ahead.id)?.startsAt],
      [2, jobs.position(behind.id)?.startsAt],
    ]);
  });

  it('share the work ahead among the painters', async () => {
    const painters = [new ScriptedPainter('one'), new ScriptedPainter('two')];
    const { jobs, start, clock } = await openStudio({ painters });
    await start();
    for (const userId of ['a', 'b', 'c', 'd']) await jobs.accept(order({ userId }));
    await until(() => painters.every(({ paintings }) => paintings.length === 1));
    painters[0]?.current.step(5, 100);
    painters[1]?.current.step(8, 100);
    const [c, d] = jobs.snapshot().waiting;
    expect(c?.startsAt).toBe(clock.now() + 200);
    expect(d?.startsAt).toBe(clock.now() + (500 + 200 + 1000) / 2);
  });

  it('are told to have changed once for any number of changes at a time', async () => {
    const { jobs, events } = await busyStudio();
    await new Promise((resolve) => setImmediate(resolve));
    const heard = () => events.filter(({ type }) => type === 'line').length;
    const before = heard();
    await jobs.accept(order());
    await until(() => heard() > before);
    await jobs.clear(moderator);
    await until(() => heard() > before + 1);
    expect(heard()).toBe(before + 2);
  });

  it('show a guild only its own jobs, at their place among all', async () => {
    const { jobs } = await busyStudio();
    await jobs.accept(order({ guildId: 'elsewhere' }));
    const here = await jobs.accept(order({ userId: 'bob' }));
    const { waiting, running, waitingTotal } = jobs.snapshot({ guildId: 'guild', limit: 5 });
    expect(waiting.map(({ job, position }) => [job.id, position])).toEqual([[here.id, 2]]);
    expect([running.length, waitingTotal]).toEqual([0, 2]);
  });
});
