import { describe, expect, it } from 'vitest';
import { openFolder, openStudio, order, until } from '../studio.js';

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
});
