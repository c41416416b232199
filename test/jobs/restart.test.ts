import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { findJob } from '../../src/ledger/jobs.js';
import { ScriptedPainter } from './scripted-painter.js';
import { ann, moderator, openFolder, openStudio, order, RecordingPublisher, until } from './studio.js';

const users = ['ann', 'bob', 'cid'];

describe('a restart', () => {
  it('goes on with what was being painted, from its state, and then in the old order', async () => {
    const folder = await openFolder();
    const before = await openStudio({ folder });
    await before.start();
    for (const userId of [...users, ...users]) await before.jobs.accept(order({ userId }));
    await until(() => before.painter.paintings.length === 1);
    before.painter.current.finish();
    await until(() => before.painter.paintings.length === 2);
    const painted = before.painter.current.task.job;
    before.painter.current.save(4, 'state after step 4');
    const line = before.jobs.snapshot().waiting.map(({ job }) => job.id);
    await before.jobs.stop();
    expect((await findJob(folder.ledger, painted))?.state).toBe('painting');

    const after = await openStudio({ folder });
    after.painter.state = 'starting';
    after.painter.start = () => undefined;
    await after.start();
    expect(after.jobs.snapshot().waiting.map(({ job }) => job.id)).toEqual([painted, ...line]);
    after.painter.become('idle');
    await until(() => after.painter.paintings.length === 1);
    expect(after.painter.current.task.job).toBe(painted);
    expect(new TextDecoder().decode(after.painter.current.task.state)).toBe('state after step 4');
    after.painter.current.finish();
    await until(() => after.statesOf(painted).includes('done') && after.painter.paintings.length === 2);
    expect(after.painter.paintings[1]?.task.job).toBe(line[0]);
  });

  it('numbers new jobs behind all old ones', async () => {
    const folder = await openFolder();
    const before = await openStudio({ folder });
    await before.start();
    const old = await before.jobs.accept(order());
    await until(() => before.painter.paintings.length === 1);
    await before.jobs.stop();
    const after = await openStudio({ folder });
    await after.start();
    expect((await after.jobs.accept(order())).sequence).toBeGreaterThan(old.sequence + 1);
  });

  it('shows ends that nobody was shown: a finished picture, a failure, a cancellation', async () => {
    const folder = await openFolder();
    const before = await openStudio({ folder });
    before.publisher.troubles.push(...Array.from({ length: 3 }, () => new Error('Discord is away')));
    await before.start();
    const finished = await before.jobs.accept(order());
    const failed = await before.jobs.accept(order());
    const cancelled = await before.jobs.accept(order());
    await until(() => before.painter.paintings.length === 1);
    before.painter.current.finish('kept');
    await until(() => before.painter.paintings.length === 2);
    before.painter.current.end({ type: 'error', kind: 'user', message: 'Expected less.' });
    await before.jobs.cancel(cancelled.id, ann);
    await until(() => before.clock.sleeping === 3);
    await before.jobs.stop();

    const after = await openStudio({ folder });
    await after.start();
    await until(() => after.publisher.ends.length === 3);
    expect(after.publisher.statesOf(finished.id)).toEqual(['finishing']);
    expect(after.publisher.statesOf(failed.id)).toEqual(['failed']);
    expect(after.publisher.statesOf(cancelled.id)).toEqual(['cancelled']);
    const kept = after.publisher.ends.find(({ job }) => job.id === finished.id)?.picture;
    expect(new TextDecoder().decode(kept?.bytes)).toBe('kept');
    await until(async () => (await after.jobs.find(finished.id))?.state === 'done');
    await after.jobs.stop();

    const third = await openStudio({ folder });
    await third.start();
    expect(third.publisher.ends).toEqual([]);
  });

  it('keeps a finished picture that comes while stopping', async () => {
    const folder = await openFolder();
    const { jobs, start, painter } = await openStudio({ folder });
    painter.stop = async () => painter.current.finish('just in time');
    await start();
    const { id } = await jobs.accept(order());
    await until(() => painter.paintings.length === 1);
    await jobs.stop();
    expect(await findJob(folder.ledger, id)).toMatchObject({ state: 'finishing' });
  });

  it('keeps a pause, and paints on what was begun before it', async () => {
    const folder = await openFolder();
    const before = await openStudio({ folder });
    await before.start();
    const begun = await before.jobs.accept(order());
    const held = await before.jobs.accept(order());
    await until(() => before.painter.paintings.length === 1);
    await before.jobs.pause(moderator);
    await before.jobs.stop();
    const after = await openStudio({ folder });
    await after.start();
    await until(() => after.painter.paintings.length === 1);
    expect(after.painter.current.task.job).toBe(begun.id);
    expect(after.jobs.snapshot()).toMatchObject({ pausedGuilds: ['guild'], paused: false });
    expect(after.jobs.position(held.id)).toMatchObject({ position: 1, paused: true, startsAt: null });
  });

  it('begins anew when the saved state is gone', async () => {
    const folder = await openFolder();
    const before = await openStudio({ folder });
    await before.start();
    await before.jobs.accept(order());
    await until(() => before.painter.paintings.length === 1);
    before.painter.current.save(1, 'a state');
    await before.jobs.stop();
    for (const { name } of await before.store.list()) await before.store.remove(name);
    const after = await openStudio({ folder });
    await after.start();
    await until(() => after.painter.paintings.length === 1);
    expect(after.painter.current.task.state).toBeUndefined();
  });
});

describe('showing an end', () => {
  it('is tried again, with growing pauses, until it works', async () => {
    const { jobs, start, painter, publisher, clock, statesOf } = await openStudio();
    publisher.troubles.push(new Error('502'), new Error('502'));
    await start();
    const { id } = await jobs.accept(order());
    await until(() => painter.paintings.length === 1);
    painter.current.finish();
    await until(() => clock.sleeping === 1);
    clock.advance(1_000);
    await until(() => publisher.ends.length === 2 && clock.sleeping === 1);
    clock.advance(1_999);
    expect(publisher.ends).toHaveLength(2);
    clock.advance(1);
    await until(() => statesOf(id).includes('done'));
    expect(publisher.ends).toHaveLength(3);
  });

  it('that can never work fails the job with the reason, and the picture stays stored', async () => {
    const { jobs, start, painter, publisher, statesOf } = await openStudio();
    publisher.troubles.push(new UserError('The channel is gone.'));
    await start();
    const { id } = await jobs.accept(order());
    await until(() => painter.paintings.length === 1);
    painter.current.finish();
    await until(() => statesOf(id).includes('failed'));
    expect(await jobs.find(id)).toMatchObject({
      reason: { kind: 'said', sentence: 'The channel is gone.' },
    });
    // That it failed is an end of its own, which is shown where the picture could not be.
    await until(async () => (await jobs.find(id))?.announced === true);
    expect(publisher.ends.map(({ job, picture }) => [job.state, picture === null])).toEqual([
      ['finishing', false],
      ['failed', true],
    ]);
    expect(await jobs.picture(id)).toBeDefined();
  });

  it('gives up after a day', async () => {
    const { jobs, start, painter, publisher, clock, statesOf } = await openStudio();
    publisher.troubles.push(new Error('502'), new Error('502'));
    await start();
    const { id } = await jobs.accept(order());
    await until(() => painter.paintings.length === 1);
    painter.current.finish();
    await until(() => clock.sleeping === 1);
    clock.advance(24 * 60 * 60 * 1_000);
    await until(() => statesOf(id).includes('failed'));
    expect((await jobs.find(id))?.reason).toEqual({ kind: 'discordAway' });
  });

  it('knows the message a person was shown meanwhile', async () => {
    const { jobs, start, painter, publisher } = await openStudio();
    await start();
    const { id } = await jobs.accept(order());
    await until(() => painter.paintings.length === 1);
    const message = { channelId: 'channel', messageId: 'm1', createdAt: 5 };
    await jobs.rememberMessage(id, message);
    expect(jobs.snapshot().running[0]?.job.message).toEqual(message);
    painter.current.finish();
    await until(() => publisher.ends.length === 1);
    expect(publisher.ends[0]?.job.message).toEqual(message);
  });

  it('never happens twice at a time for one job', async () => {
    const publisher = new RecordingPublisher();
    let underWay = 0;
    let most = 0;
    const { jobs, painter } = await openStudio({ painters: [new ScriptedPainter()] });
    await jobs.start({
      async publish(end) {
        underWay += 1;
        most = Math.max(most, underWay);
        await new Promise((resolve) => setImmediate(resolve));
        underWay -= 1;
        return publisher.publish(end);
      },
    });
    const { id } = await jobs.accept(order());
    await until(() => painter.paintings.length === 1);
    await Promise.all([jobs.cancel(id, ann), jobs.cancel(id, ann)]);
    await until(async () => (await jobs.find(id))?.announced === true);
    expect(most).toBe(1);
  });
});
