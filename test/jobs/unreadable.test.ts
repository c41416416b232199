import { PassThrough } from 'node:stream';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { findJob } from '../../src/ledger/jobs.js';
import { createLog } from '../../src/log.js';
import { paintRequest } from '../ledger/fixtures.js';
import { ann, moderator, openFolder, openStudio, order, until } from './studio.js';

/** A log whose lines the test reads. */
function openLog() {
  const lines: Record<string, unknown>[] = [];
  const destination = new PassThrough().on('data', (text) => lines.push(JSON.parse(String(text))));
  return { lines, log: createLog({ level: 'error', destination }) };
}

/** A data folder with three waiting jobs, on which nobody works. */
async function threeInLine() {
  const folder = await openFolder();
  const { jobs, start } = await openStudio({ folder, painters: [] });
  await start();
  const ids: string[] = [];
  for (const userId of ['ann', 'bob', 'cid']) ids.push((await jobs.accept(order({ userId }))).id);
  await jobs.stop();
  const [first = '', bad = '', last = ''] = ids;
  return { folder, first, bad, last };
}

const CORRUPTIONS = {
  'a request that is no JSON': sql`request = '{"version":1,'`,
  'a request of another form': sql`request = json_set(request, '$.steps', 'many')`,
  'a result of another form': sql`result = '{"sha256":"../../etc/passwd"}'`,
  'a message that is none': sql`message = '[]'`,
  'a state that there is not': sql`state = 'dreaming'`,
  'a number that is none': sql`attempts = 'twice'`,
  bytes: sql`locale = x'ff00'`,
} as const;

describe('a row that cannot be read', () => {
  it.each(Object.entries(CORRUPTIONS))(
    '(%s) is skipped, named in the log, and its message says so',
    async (_, set) => {
      const { folder, first, bad, last } = await threeInLine();
      await sql`UPDATE jobs SET ${set} WHERE id = ${bad}`.execute(folder.ledger);
      const { lines, log } = openLog();
      const { jobs, start, painter, publisher } = await openStudio({ folder, log });
      await start();
      await until(() => painter.paintings.length === 1);
      painter.current.finish();
      await until(() => painter.paintings.length === 2);
      expect(painter.paintings.map(({ task }) => task.job)).toEqual([first, last]);
      expect(lines).toEqual([expect.objectContaining({ job: bad, columns: [expect.any(String)] })]);
      await until(() => publisher.statesOf(bad).length === 1);
      expect(publisher.ends.find(({ job }) => job.id === bad)?.job).toMatchObject({
        state: 'failed',
        reason: { kind: 'unreadable' },
        channelId: 'channel',
      });
      expect((await jobs.find(bad))?.state).toBe('failed');
    },
  );

  it('and cannot be mended either is named at every start, and stops nothing', async () => {
    const { folder, bad } = await threeInLine();
    await sql`UPDATE jobs SET sequence = 1.5 WHERE id = ${bad}`.execute(folder.ledger);
    for (let time = 0; time < 2; time += 1) {
      const { lines, log } = openLog();
      const { jobs, start, painter } = await openStudio({ folder, log });
      await start();
      await until(() => painter.paintings.length === 1);
      expect(lines.map(({ job }) => job)).toEqual([bad, bad]);
      await jobs.stop();
    }
  });

  it('is named when somebody asks for the picture, who is told', async () => {
    const { lines, log } = openLog();
    const { jobs, start, painter, ledger } = await openStudio({ log });
    await start();
    const { id } = await jobs.accept(order());
    await until(() => painter.paintings.length === 1);
    painter.current.finish();
    await until(async () => (await findJob(ledger, id))?.state === 'done');
    await sql`UPDATE jobs SET request = 'gone' WHERE id = ${id}`.execute(ledger);
    await expect(jobs.find(id)).rejects.toMatchObject({ refusal: { kind: 'unreadable' } });
    expect(lines).toEqual([expect.objectContaining({ job: id, columns: ['request'] })]);
  });

  /** A finished picture of Ann's whose row was spoilt since, and a good one. */
  async function spoiltAndGood() {
    const { lines, log } = openLog();
    const folder = await openFolder();
    const studio = await openStudio({ folder, log });
    await studio.start();
    const [image, other] = await Promise.all(
      ['given', 'another'].map((text) => studio.jobs.keepPicture(new TextEncoder().encode(text))),
    );
    const ids: string[] = [];
    for (const init of [image, other]) {
      const request = paintRequest({ start: 'picture', init: { image: init ?? '', strength: 1, pull: 0 } });
      const { id } = await studio.jobs.accept(order({ request }));
      ids.push(id);
      await until(() => studio.painter.paintings.length === ids.length);
      studio.painter.current.finish();
      await until(async () => (await findJob(studio.ledger, id))?.announced === true);
    }
    const [spoilt = '', good = ''] = ids;
    await sql`UPDATE jobs SET request = request || ' and more' WHERE id = ${spoilt}`.execute(studio.ledger);
    return { ...studio, folder, lines, spoilt, good };
  }

  it('keeps nobody from asking for another', async () => {
    const { jobs } = await spoiltAndGood();
    expect(await jobs.accept(order())).toMatchObject({ state: 'queued' });
    expect(await jobs.allowance(ann)).toMatchObject({ today: 3 });
  });

  it('is left out of the pictures there are, and named', async () => {
    const { jobs, lines, spoilt, good } = await spoiltAndGood();
    expect((await jobs.recent('ann', 5)).map(({ id }) => id)).toEqual([good]);
    expect((await jobs.latest(5)).map(({ id }) => id)).toEqual([good]);
    expect(lines).toContainEqual(expect.objectContaining({ job: spoilt, columns: ['request'] }));
  });

  it('is given to its owner as it is', async () => {
    const { jobs, spoilt, good } = await spoiltAndGood();
    const { pictures, damaged } = await jobs.export('ann');
    expect(pictures.map(({ id }) => id)).toEqual([good]);
    expect(damaged).toEqual([expect.objectContaining({ id: spoilt, user_id: 'ann' })]);
  });

  it('is deleted with everything else of its owner’s, and with what it named in the store', async () => {
    const { jobs, ledger, store } = await spoiltAndGood();
    expect(await jobs.forget('ann')).toMatchObject({ pictures: 2 });
    expect((await sql`SELECT id FROM jobs`.execute(ledger)).rows).toEqual([]);
    expect(await store.list()).toEqual([]);
  });

  it('is forgotten when its time has come, and keeps no other from it', async () => {
    const { jobs, ledger, store, folder } = await spoiltAndGood();
    await jobs.stop();
    const later = await openStudio({ folder, keep: { maxAgeMs: -1, maxBytes: 1e9 } });
    await later.start();
    await until(async () => (await sql`SELECT id FROM jobs`.execute(ledger)).rows.length === 0);
    await until(async () => (await store.list()).length === 0);
    await later.jobs.stop();
  });

  it('keeps nobody from clearing the line', async () => {
    const { jobs, start, ledger } = await openStudio({ painters: [] });
    await start();
    const { id } = await jobs.accept(order());
    await jobs.accept(order({ userId: 'bob' }));
    await sql`UPDATE jobs SET request = 'gone' WHERE id = ${id}`.execute(ledger);
    expect(await jobs.clear(moderator)).toBe(1);
  });
});

describe('a setting that cannot be read', () => {
  it('holds for nobody, is named, and stops nothing', async () => {
    const folder = await openFolder();
    await sql`INSERT INTO settings VALUES ('guild', 'waitingPerUser', 'lots'), ('guild', 'paused', '7')`.execute(
      folder.ledger,
    );
    const { lines, log } = openLog();
    const { jobs, start } = await openStudio({ folder, log, painters: [], limits: { waitingPerUser: 1 } });
    await start();
    await jobs.accept(order());
    await expect(jobs.accept(order())).rejects.toMatchObject({ refusal: { kind: 'manyWaiting', limit: 1 } });
    expect(lines.map(({ scope, name }) => [scope, name]).sort()).toEqual([
      ['guild', 'paused'],
      ['guild', 'waitingPerUser'],
    ]);
  });
});

describe('what a bot allows', () => {
  const wide = { width: 128, height: 64 };

  it.each([
    ['steps', { maxSteps: 9 }, { kind: 'tooManySteps', limit: 9 }],
    ['sides', { maxSide: 100 }, { kind: 'sideTooLong', limit: 100 }],
  ] as const)(
    'holds for %s at every door, and for what was accepted when more was allowed',
    async (_, limits, told) => {
      const folder = await openFolder();
      const before = await openStudio({ folder, painters: [] });
      await before.start();
      const { id } = await before.jobs.accept(order({ request: paintRequest(wide) }));
      await before.jobs.stop();
      const { jobs, start, publisher, painter } = await openStudio({ folder, limits });
      await start();
      await until(() => publisher.statesOf(id).length === 1);
      expect(publisher.ends[0]?.job).toMatchObject({
        state: 'failed',
        reason: told,
      });
      // A rerun takes the request as it was.
      const again = order({ request: paintRequest(wide), parentJob: id, userId: ann.userId });
      await expect(jobs.accept(again)).rejects.toMatchObject({ refusal: told });
      expect(painter.paintings).toEqual([]);
    },
  );
});
