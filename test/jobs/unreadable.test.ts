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
