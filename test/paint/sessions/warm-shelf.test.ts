import { describe, expect, it } from 'vitest';
import { WarmShelf } from '../../../src/paint/sessions/warm-shelf.js';

/** A shelf whose items say when they are opened and closed. */
function shelfOf(places: number) {
  const log: string[] = [];
  const shelf = new WarmShelf<{ release(): Promise<void> }>(places);
  const use = async (name: string) => {
    if (shelf.find(name)) return log.push(`found ${name}`);
    await shelf.add(name, async () => {
      log.push(`opened ${name}`);
      return {
        release: async () => {
          log.push(`closed ${name}`);
        },
      };
    });
    return log.length;
  };
  return { shelf, log, use };
}

describe('WarmShelf', () => {
  it('closes what was used longest ago before it opens one too many', async () => {
    const { log, use } = shelfOf(2);
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await use(name);
    expect(log).toEqual([
      ...['opened a', 'opened b', 'found a'],
      ...['closed b', 'opened c', 'found a'],
      ...['closed c', 'opened b'],
    ]);
  });

  it('keeps nothing of what could not be opened, and opens it when asked again', async () => {
    const { shelf, log, use } = shelfOf(1);
    await expect(shelf.add('a', () => Promise.reject(new Error('no memory')))).rejects.toThrow('no memory');
    await use('a');
    expect(log).toEqual(['opened a']);
  });

  it('closes everything on release, and opens it again after', async () => {
    const { shelf, log, use } = shelfOf(2);
    for (const name of ['a', 'b']) await use(name);
    await shelf.release();
    await use('a');
    expect(log).toEqual(['opened a', 'opened b', 'closed a', 'closed b', 'opened a']);
  });
});
