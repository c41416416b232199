import { expect, it } from 'vitest';
import { paintRequest } from '../../ledger/fixtures.js';
import { openStudio, order } from '../studio.js';

it('a forgotten person leaves none of the pictures they gave, whatever for, but those that others still paint from', async () => {
  const { jobs, start: open, store } = await openStudio({ painters: [] });
  await open();
  const [init = '', mask = '', towards = '', palette = '', shared = ''] = await Promise.all(
    ['init', 'mask', 'towards', 'palette', 'shared'].map((text) => store.put(Buffer.from(text))),
  );
  const start = 'picture' as const;
  await jobs.accept(
    order({
      request: paintRequest({
        ...{ start, init: { image: init, strength: 1, pull: 0, mask }, palette: { image: palette, pull: 1 } },
        imagePrompts: [towards, shared].map((image) => ({ image, weight: 1 })),
      }),
    }),
  );
  const request = paintRequest({ start, init: { image: shared, strength: 1, pull: 0 } });
  await jobs.accept(order({ userId: 'bob', request }));
  expect(await store.list()).toHaveLength(5);
  expect(await jobs.forget('ann')).toMatchObject({ pictures: 1 });
  expect((await store.list()).map(({ name }) => name)).toEqual([shared]);
});
