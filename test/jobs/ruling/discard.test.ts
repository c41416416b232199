import { describe, expect, it } from 'vitest';
import { listAudit } from '../../../src/ledger/audit.js';
import { paintRequest } from '../../ledger/fixtures.js';
import { ann, bob, moderator, openFolder, openStudio, order, until } from '../studio.js';

const AWAY = new Error('Discord is away');

/** A studio whose one job is finishing and cannot be shown yet. */
async function finishingStudio(folder?: Awaited<ReturnType<typeof openFolder>>) {
  const studio = await openStudio(folder ? { folder } : {});
  studio.publisher.troubles.push(AWAY);
  await studio.start();
  const { id } = await studio.jobs.accept(order());
  await until(() => studio.painter.paintings.length === 1);
  studio.painter.current.finish();
  await until(() => studio.clock.sleeping === 1);
  return { ...studio, id };
}

/** A studio with so many finished pictures of Ann's, all of one request and so the same. */
async function finishedStudio(count = 1) {
  const studio = await openStudio();
  await studio.start();
  const ids: string[] = [];
  for (let painted = 1; painted <= count; painted += 1) {
    const { id } = await studio.jobs.accept(order());
    ids.push(id);
    await until(() => studio.painter.paintings.length === painted);
    studio.painter.current.finish('the picture');
    await until(() => studio.statesOf(id).includes('done'));
  }
  const [id = ''] = ids;
  return { ...studio, id, ids };
}

describe('taking back a picture that is finishing', () => {
  it('cancels it: it is never shown, and its file goes', async () => {
    const { jobs, id, publisher, store, statesOf } = await finishingStudio();
    expect(await jobs.discard(id, ann)).toBe('cancelled');
    await until(async () => (await jobs.find(id))?.announced === true);
    expect(await jobs.find(id)).toMatchObject({ state: 'cancelled', result: null });
    expect(publisher.statesOf(id)).toEqual(['finishing', 'cancelled']);
    expect(statesOf(id)).toEqual(['queued', 'painting', 'finishing', 'cancelled']);
    expect(await store.list()).toEqual([]);
  });

  it('while it is being posted shows its cancellation afterwards', async () => {
    const { jobs, painter, publisher } = await openStudio();
    const shown: string[] = [];
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    await jobs.start({
      async publish(end) {
        if (end.job.state === 'finishing') await arrived;
        shown.push(end.job.state);
        return publisher.publish(end);
      },
    });
    const { id } = await jobs.accept(order());
    await until(() => painter.paintings.length === 1);
    painter.current.finish();
    await until(async () => (await jobs.find(id))?.state === 'finishing');
    await jobs.cancel(id, ann);
    arrive();
    await until(async () => (await jobs.find(id))?.announced === true);
    expect(shown).toEqual(['finishing', 'cancelled']);
    expect((await jobs.find(id))?.state).toBe('cancelled');
  });

  it('holds over a restart before anybody was told', async () => {
    const folder = await openFolder();
    const before = await finishingStudio(folder);
    before.publisher.troubles.push(AWAY);
    await before.jobs.cancel(before.id, ann);
    await until(() => before.publisher.ends.length === 2);
    await before.jobs.stop();

    const after = await openStudio({ folder });
    await after.start();
    await until(async () => (await after.jobs.find(before.id))?.announced === true);
    expect(after.publisher.statesOf(before.id)).toEqual(['cancelled']);
    expect(after.publisher.ends[0]?.picture).toBeNull();
  });
});

describe('taking back a picture that is done', () => {
  it('lets its file go, and stays done', async () => {
    const { jobs, id, store } = await finishedStudio();
    expect(await jobs.discard(id, ann)).toBe('released');
    expect(await jobs.find(id)).toMatchObject({ state: 'done', result: null });
    expect(await store.list()).toEqual([]);
    expect(await jobs.picture(id)).toBeUndefined();
    expect(await jobs.discard(id, ann)).toBe('released');
  });

  it('keeps the file while another job shows the same picture', async () => {
    const { jobs, ids, store } = await finishedStudio(2);
    const [first = '', second = ''] = ids;
    await jobs.discard(first, ann);
    expect(await jobs.picture(second)).toBeDefined();
    await jobs.discard(second, ann);
    expect(await store.list()).toEqual([]);
  });

  it('keeps the file while a waiting job would paint from it', async () => {
    const { jobs, id, painter } = await finishedStudio();
    painter.become('restarting');
    const image = (await jobs.find(id))?.result?.sha256 ?? '';
    const init = { image, strength: 0.5, pull: 0 };
    await jobs.accept(order({ userId: 'bob', request: paintRequest({ start: 'picture', init }) }));
    await jobs.discard(id, ann);
    painter.become('idle');
    await until(() => painter.paintings.length === 2);
    expect(new TextDecoder().decode(painter.current.task.images.get(image))).toBe('the picture');
  });

  it('is for its owner and for moderators, whose deed is written down', async () => {
    const { jobs, id, ledger } = await finishedStudio();
    await expect(jobs.discard(id, bob)).rejects.toThrow(/notYours/);
    await jobs.discard(id, moderator);
    expect(await listAudit(ledger, { guildId: null, limit: 9 })).toMatchObject([
      { action: 'delete', actorId: 'mod', jobId: id, detail: { owner: 'ann' } },
    ]);
  });
});

it('a picture that comes after its job was cancelled is not kept', async () => {
  let cancelled: Promise<unknown> | undefined;
  const studio = await openStudio({
    crashPoint: (point, id) => {
      if (point === 'painting')
        cancelled = until(() => painter.paintings.length === 1).then(() => cancel(id));
    },
  });
  const { jobs, start, painter, store } = studio;
  const cancel = (id: string) => jobs.cancel(id, ann);
  painter.obeys = false;
  await start();
  await jobs.accept(order());
  await until(() => painter.paintings.length === 1);
  await cancelled;
  painter.current.finish();
  await until(() => jobs.snapshot().running.length === 0);
  expect(await store.list()).toEqual([]);
});
