import { describe, expect, it } from 'vitest';
import type { EncodedPicture } from '../../src/contracts/picture.js';
import { parsePrompts } from '../../src/requests/prompt-syntax.js';
import { paintRequest } from '../ledger/fixtures.js';
import { listAudit } from '../../src/ledger/audit.js';
import { ann, bob, moderator, openStudio, order, until } from './studio.js';

const words = { blocked: ['gore'], allowed: [] };
const saying = (text: string) => order({ request: paintRequest({ prompts: parsePrompts(text) }) });

function pictureJudged(adult: number): EncodedPicture {
  return { format: 'png', width: 8, height: 8, bytes: Uint8Array.of(1, 2, 3), adult };
}

describe('forbidden words', () => {
  it('are refused in every prompt of a request, however disguised, before anything is written', async () => {
    const { jobs, start, ledger } = await openStudio({ limits: { words } });
    await start();
    for (const text of ['a room of gore', 'a castle:1 | g.0.r.e:-0.5']) {
      await expect(jobs.accept(saying(text))).rejects.toMatchObject({
        refusal: { kind: 'blockedWord', entry: 'gore' },
      });
    }
    expect(await ledger.selectFrom('jobs').selectAll().execute()).toEqual([]);
    await expect(jobs.accept(saying('a gorgeous castle'))).resolves.toMatchObject({ state: 'queued' });
  });

  it('end what was in line before they were forbidden, unpainted', async () => {
    const growing = { blocked: [] as string[], allowed: [] };
    const { jobs, start, painter, statesOf } = await openStudio({ limits: { words: growing } });
    await start();
    await jobs.accept(saying('a castle'));
    await until(() => painter.paintings.length === 1);
    const { id } = await jobs.accept(saying('a room of gore'));
    growing.blocked.push('gore');
    painter.current.finish();
    await until(() => statesOf(id).includes('failed'));
    expect((await jobs.find(id))?.reason).toEqual({ kind: 'blockedWord', entry: 'gore' });
    expect(painter.paintings).toHaveLength(1);
  });
});

describe('a picture that looks like adult content', () => {
  it('is not shown, neither while it is painted nor when it is finished, and its job says why', async () => {
    const { jobs, start, painter, events, publisher, statesOf } = await openStudio({
      limits: { adultLimit: 0.8 },
    });
    await start();
    const { id } = await jobs.accept(order());
    await until(() => painter.paintings.length === 1);
    const { task, end } = painter.current;
    expect(task.adultLimit).toBe(0.8);
    task.onProgress({ type: 'frame', step: 1, picture: pictureJudged(0.5) });
    task.onProgress({ type: 'frame', step: 2, picture: pictureJudged(0.81) });
    end({ type: 'done', picture: pictureJudged(0.9), step: 4, loss: 1, seconds: 1, ended: 'finished' });
    await until(() => statesOf(id).includes('failed'));
    expect(events.flatMap((event) => (event.type === 'frame' ? [event.step] : []))).toEqual([1]);
    expect(await jobs.find(id)).toMatchObject({ state: 'failed', reason: { kind: 'adult' } });
    await until(() => publisher.ends.length === 1);
    expect(publisher.ends[0]?.picture).toBeNull();
  });

  it('is shown where the operator holds nothing back', async () => {
    const { jobs, start, painter, statesOf } = await openStudio({ limits: { adultLimit: 1 } });
    await start();
    const { id } = await jobs.accept(order());
    await until(() => painter.paintings.length === 1);
    expect(painter.current.task.adultLimit).toBeUndefined();
    const picture = pictureJudged(1);
    painter.current.end({ type: 'done', picture, step: 4, loss: 1, seconds: 1, ended: 'finished' });
    await until(() => statesOf(id).includes('done'));
  });

  it('is shown all the same when a moderator of its server has looked at it, and by nobody else', async () => {
    const { jobs, start, painter, publisher, ledger, statesOf } = await openStudio({
      limits: { adultLimit: 0.8 },
    });
    await start();
    const { id } = await jobs.accept(order());
    await until(() => painter.paintings.length === 1);
    const picture = pictureJudged(0.9);
    painter.current.end({ type: 'done', picture, step: 4, loss: 1, seconds: 1, ended: 'finished' });
    await until(() => statesOf(id).includes('failed'));
    for (const nobody of [ann, bob, { ...moderator, guildId: 'elsewhere' }]) {
      await expect(jobs.showAgain(id, nobody)).rejects.toMatchObject({ refusal: { kind: 'heldBack' } });
    }
    await jobs.showAgain(id, moderator);
    await until(() => statesOf(id).includes('done'));
    expect([...(publisher.ends.at(-1)?.picture?.bytes ?? [])]).toEqual([...picture.bytes]);
    expect(await listAudit(ledger, { guildId: 'guild', limit: 9 })).toMatchObject([
      { action: 'release', jobId: id, actorId: 'mod' },
    ]);
  });

  it('is shown in an age-restricted channel, unless the server shows it nowhere', async () => {
    const { jobs, start, painter, statesOf } = await openStudio({ limits: { adultLimit: 0.5 } });
    await start();
    const there = () => order({ standing: { roleIds: [], parentChannelId: null, isAgeRestricted: true } });
    const paint = async () => {
      const { id } = await jobs.accept(there());
      await until(() => painter.paintings.at(-1)?.task.job === id);
      const picture = pictureJudged(0.9);
      painter.current.end({ type: 'done', picture, step: 4, loss: 1, seconds: 1, ended: 'finished' });
      await until(() => statesOf(id).some((state) => state === 'done' || state === 'failed'));
      return (await jobs.find(id))?.state;
    };
    expect(await paint()).toBe('done');
    await jobs.setRule({ name: 'adult', value: 'nowhere' }, moderator);
    expect(await paint()).toBe('failed');
  });
});
