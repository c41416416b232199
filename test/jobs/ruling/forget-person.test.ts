import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { paintRequest } from '../../ledger/fixtures.js';
import { bob, openFolder, openStudio, order, until } from '../studio.js';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('forgetting a person', () => {
  it('leaves nothing of theirs in the store or in rows: pictures, films, states, given pictures, reactions', async () => {
    const { jobs, start, painter, store, ledger, statesOf } = await openStudio();
    await start();
    const names = await Promise.all(
      ['init', 'mask', 'palette', 'prompt'].map((text) => jobs.keepPicture(bytes(text))),
    );
    const [image = '', mask = '', palette = '', prompt = ''] = names;
    const request = paintRequest({
      ...{ start: 'picture', init: { image, strength: 1, pull: 0, mask }, count: 4 },
      ...{ palette: { image: palette, pull: 1 }, imagePrompts: [{ image: prompt, weight: 1 }] },
    });
    const done = await jobs.accept(order({ request }));
    await until(() => painter.paintings.length === 1);
    for (const step of [1, 2, 3, 4, 5, 6, 7, 8]) painter.current.frame(step);
    painter.current.save(1, 'a state');
    await until(async () => (await jobs.find(done.id))?.savedState !== null);
    painter.current.finish();
    await until(() => statesOf(done.id).includes('done'));
    const theirs = await jobs.accept(order());
    await until(() => painter.paintings.length === 2);
    const other = await jobs.accept(order({ userId: 'bob' }));
    await jobs.noteReaction('a message of bob', 'ann');
    await jobs.noteReaction(`message of ${done.id}`, 'bob');

    await jobs.forget('ann');
    expect(await store.list()).toEqual([]);
    await until(() => painter.paintings.length === 3);
    expect(painter.paintings[1]?.task.signal.aborted).toBe(true);
    expect(await jobs.find(theirs.id)).toBeUndefined();
    expect((await jobs.find(other.id))?.userId).toBe(bob.userId);
    for (const table of [
      'jobs',
      'heard_reactions',
      'job_messages',
      'preferences',
      'settings',
      'unwanted_messages',
    ]) {
      const rows = (await sql`SELECT * FROM ${sql.table(table)}`.execute(ledger)).rows;
      expect(JSON.stringify(rows), table).not.toMatch(/"ann"|\/ann"/);
    }
    // Under a message where it is not known any more who was heard, nobody is heard for having stood there.
    expect(await jobs.areReactionsForgotten('a message of bob')).toBe(true);
    expect(await jobs.areReactionsForgotten(`message of ${done.id}`)).toBe(false);
  });

  it('remembers over a restart which messages are still to be taken away, and not whose they were', async () => {
    const folder = await openFolder();
    const before = await openStudio({ folder });
    await before.start();
    const { id } = await before.jobs.accept(order());
    await before.jobs.rememberMessage(id, { channelId: 'here', messageId: 'theirs', createdAt: 5 });
    expect((await before.jobs.forget('ann')).messages).toHaveLength(1);
    await before.jobs.stop();
    const after = await openStudio({ folder });
    await after.start();
    expect(await after.jobs.unwantedMessages()).toEqual([
      { channelId: 'here', messageId: 'theirs', createdAt: 5 },
    ]);
    await after.jobs.messageTakenAway('theirs');
    expect(await after.jobs.unwantedMessages()).toEqual([]);
  });
});
