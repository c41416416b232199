import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../src/jobs/keeping/housekeeping.js';
import { paintRequest } from '../../ledger/fixtures.js';
import { bob, type Folder, moderator, openFolder, openStudio, operator, order, until } from '../studio.js';

const YEAR_MS = 365 * 24 * 60 * 60 * 1_000;

describe('housekeeping', () => {
  it('lets old pictures go at the start, but nothing a living job needs', async () => {
    const folder = await openFolder();
    const before = await openStudio({ folder });
    await before.start();
    const done = await before.jobs.accept(order());
    const unshown = await before.jobs.accept(order({ userId: 'bob' }));
    const painting = await before.jobs.accept(order({ userId: 'cid' }));
    await until(() => before.painter.paintings.length === 1);
    before.painter.current.finish();
    await until(() => before.statesOf(done.id).includes('done') && before.painter.paintings.length === 2);
    before.publisher.troubles.push(new Error('Discord is away'));
    before.painter.current.finish();
    await until(() => before.clock.sleeping === 1 && before.painter.paintings.length === 3);
    before.painter.current.save(1, 'a state');
    await until(async () => (await before.jobs.find(painting.id))?.savedState !== null);
    await before.jobs.stop();
    expect(await before.store.list()).toHaveLength(3);

    const after = await openStudio({ folder });
    after.clock.time = Date.now() + YEAR_MS;
    after.publisher.troubles.push(new Error('Discord is away'));
    await after.start();
    await until(async () => (await after.store.list()).length === 2);
    expect(await after.jobs.picture(done.id)).toBeUndefined();
    expect(await after.jobs.picture(unshown.id)).toBeDefined();
    await until(() => after.painter.paintings.length === 1);
    expect(new TextDecoder().decode(after.painter.current.task.state)).toBe('a state');
  });

  it('forgets pictures, prompts and messages that ended longer ago than they may be kept, and no others', async () => {
    const folder = await openFolder();
    const before = await openStudio({ folder });
    await before.start();
    const paint = async (prompt: string) => {
      const request = paintRequest({ prompts: [{ text: prompt, weight: 1 }] });
      const { id } = await before.jobs.accept(order({ request }));
      await until(() => before.painter.paintings.at(-1)?.task.job === id);
      before.painter.current.finish(prompt);
      await until(() => before.statesOf(id).includes('done'));
      return id;
    };
    const old = await paint('an old secret');
    before.clock.advance(8 * DAY_MS);
    const young = await paint('a young one');
    await before.jobs.stop();
    const keep = { maxAgeMs: 7 * DAY_MS, maxBytes: 2 ** 30 };
    const after = await openStudio({ folder, keep, painters: [] });
    after.clock.time = before.clock.time + 1;
    await after.start();
    await until(async () => (await after.jobs.find(old)) === undefined);
    expect(await after.jobs.findByMessage(`message of ${old}`)).toBeUndefined();
    expect((await after.jobs.findByMessage(`message of ${young}`))?.id).toBe(young);
    await after.jobs.stop();
    await wordsLeft(folder, 'an old secret', 0);
    await wordsLeft(folder, 'a young one', 1);
  });

  it('keeps what a server keeps for fewer days no longer than that: its pictures, what was given for them, and deeds', async () => {
    const folder = await openFolder();
    const before = await openStudio({ folder });
    await before.start();
    await before.jobs.setRule({ name: 'retentionDays', value: 1 }, moderator);
    const given = await before.jobs.keepPicture(new TextEncoder().encode('given'));
    const request = paintRequest({ start: 'picture', init: { image: given, strength: 1, pull: 0 } });
    const ids: string[] = [];
    for (const guildId of ['guild', 'elsewhere']) {
      const { id } = await before.jobs.accept(order({ guildId, ...(guildId === 'guild' && { request }) }));
      await until(() => before.painter.paintings.at(-1)?.task.job === id);
      before.painter.current.finish(guildId);
      await until(() => before.statesOf(id).includes('done'));
      await before.jobs.report({ id, reason: 'why not' }, { ...bob, guildId });
      ids.push(id);
    }
    await before.jobs.stop();
    const after = await openStudio({ folder, painters: [] });
    after.clock.time = before.clock.time + 2 * DAY_MS;
    await after.start();
    await until(async () => (await after.jobs.find(ids[0] ?? '')) === undefined);
    await until(async () => (await after.store.list()).length === 1);
    await until(async () => (await after.jobs.log({ limit: 9 }, operator)).length === 1);
    expect(await after.jobs.find(ids[1] ?? '')).toBeDefined();
    expect((await after.jobs.log({ limit: 9 }, operator)).map(({ guildId }) => guildId)).toEqual([
      'elsewhere',
    ]);
  });
});

/** How often words stand in the ledger's file, whether or not a row holds them. */
async function wordsLeft({ ledger, path }: Folder, words: string, least: number): Promise<void> {
  await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(ledger);
  const count = readFileSync(join(path, 'ledger.db')).toString('latin1').split(words).length - 1;
  if (least === 0) expect(count).toBe(0);
  else expect(count).toBeGreaterThanOrEqual(least);
}
