import { describe, expect, it } from 'vitest';
import type { RuleName, Rules } from '../../../src/contracts/rules.js';
import { paintRequest } from '../../ledger/fixtures.js';
import { moderator, openStudio, order, until } from '../studio.js';

/** A studio in which one server has a rule of its own. */
async function studioWith<Name extends RuleName>(name: Name, value: Rules[Name]) {
  const studio = await openStudio({ limits: { adultLimit: 0.8, frameSeconds: 2, waitingPerUser: 9 } });
  await studio.start();
  await studio.jobs.setRule({ name, value }, moderator);
  /** What the painter is given of a job asked for in a server. */
  const taskIn = async (guildId: string) => {
    const request = paintRequest({ frames: { everyMs: 2000 } });
    const { id } = await studio.jobs.accept(order({ guildId, request }));
    await until(() => studio.painter.paintings.at(-1)?.task.job === id);
    const { task } = studio.painter.current;
    studio.painter.current.finish();
    await until(() => studio.statesOf(id).includes('done'));
    return task;
  };
  return { ...studio, taskIn };
}

const at = (channelId: string, parentChannelId: string | null = null, roleIds: readonly string[] = []) =>
  order({ channelId, standing: { roleIds, parentChannelId, isAgeRestricted: false } });

describe('a rule of one server', () => {
  it('allows painting in its channels and their threads, and nowhere else', async () => {
    const { jobs } = await studioWith('channels', ['art']);
    await expect(jobs.accept(at('art'))).resolves.toBeDefined();
    await expect(jobs.accept(at('a thread', 'art'))).resolves.toBeDefined();
    await expect(jobs.accept(at('hall'))).rejects.toThrow('channelsOnly');
    await expect(jobs.accept(at('a thread', 'hall'))).rejects.toThrow('channelsOnly');
    await expect(jobs.accept(order({ guildId: 'elsewhere', channelId: 'hall' }))).resolves.toBeDefined();
  });

  it('counts the steps of all pictures of a sheet', async () => {
    const { jobs } = await studioWith('maxSteps', 40);
    const sheetOf = (count: number) => order({ request: paintRequest({ steps: 10, count }) });
    await expect(jobs.accept(sheetOf(4))).resolves.toBeDefined();
    await jobs.setRule({ name: 'maxSteps', value: 39 }, moderator);
    await expect(jobs.accept(sheetOf(4))).rejects.toThrow('tooManySteps');
    await expect(jobs.accept(sheetOf(3))).resolves.toBeDefined();
  });

  it('lets only its roles paint', async () => {
    const { jobs } = await studioWith('roles', ['artists']);
    await expect(jobs.accept(at('hall', null, ['artists']))).resolves.toBeDefined();
    await expect(jobs.accept(at('hall', null, ['guests']))).rejects.toThrow('rolesOnly');
  });

  it('holds back at its own threshold what looks like adult content', async () => {
    const { taskIn } = await studioWith('adultLimit', 0.3);
    expect((await taskIn('guild')).adultLimit).toBe(0.3);
    expect((await taskIn('elsewhere')).adultLimit).toBe(0.8);
  });

  it('slows its frames down, and nobody else’s', async () => {
    const { taskIn } = await studioWith('frameSeconds', 10);
    expect((await taskIn('guild')).request.frames.everyMs).toBe(10_000);
    expect((await taskIn('elsewhere')).request.frames.everyMs).toBe(2000);
  });
});
