import { describe, expect, it } from 'vitest';
import { eventually, openAtelier } from '../bot/atelier.js';

describe('/cancel', () => {
  it('takes back the only picture one has, and asks which of several', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    const cancel = (options = {}) =>
      at.discord.slash({ user: at.ada, channel: at.channel, name: 'cancel', options });
    const answer = async (options = {}) => (await cancel(options)).message?.body.content;
    expect(await answer()).toContain('You have no picture');
    const { message } = await at.imagine(at.ada, 'one');
    await eventually(() => painter.paintings.length === 1);
    expect(await answer()).toContain('Cancelled');
    await eventually(() => message?.body.content.includes('Cancelled'));

    await at.imagine(at.ada, 'two');
    await at.imagine(at.ada, 'three');
    expect(await answer()).toContain('choose one');
    expect(await answer({ job: 'nonsense' })).not.toContain('Cancelled');
  });

  it('offers one’s own pictures, and nobody else’s', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    await at.imagine(at.bob, 'his');
    await at.imagine(at.ada, 'a castle');
    await at.imagine(at.ada, `a boat ${'y'.repeat(200)}`);
    await eventually(() => painter.paintings.length === 1);
    const choices = async (job: string) => {
      const outcome = await at.discord.autocomplete({
        user: at.ada,
        channel: at.channel,
        name: 'cancel',
        options: { job },
        focused: 'job',
      });
      return outcome.choices ?? [];
    };
    expect((await choices('')).map(({ name }) => name.slice(0, 11))).toEqual(['1. a castle', '2. a boat y']);
    const [boat, ...others] = await choices('BOAT');
    expect(others).toEqual([]);
    const value = String(boat?.value);
    const { message } = await at.discord.slash({
      user: at.ada,
      channel: at.channel,
      name: 'cancel',
      options: { job: value },
    });
    expect(message?.body.content).toContain('Cancelled');
    expect(await choices('boat')).toEqual([]);
  });

  it('lets a moderator take back somebody else’s, whose message says who did', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    const { message } = await at.imagine(at.ada, 'hers');
    await eventually(() => painter.paintings.length === 1);
    const options = { job: painter.current.task.job };
    const cancel = () => at.discord.slash({ user: at.mod, channel: at.channel, name: 'cancel', options });
    expect((await cancel()).message?.body.content).toContain('Cancelled');
    await eventually(() => message?.body.content.includes('A moderator removed it'));
    expect((await cancel()).message?.body.content).not.toContain('already ended with');
  });

  it('never touches somebody else’s', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    const { message } = await at.imagine(at.ada, 'hers');
    await eventually(() => painter.paintings.length === 1);
    const id = painter.current.task.job;
    const { message: refusal } = await at.discord.slash({
      user: at.bob,
      channel: at.channel,
      name: 'cancel',
      options: { job: id },
    });
    expect(refusal?.body.content).toContain('Only the person who asked');
    expect(painter.current.task.signal.aborted).toBe(false);
    expect(message?.body.content).not.toContain('Cancelled');
  });
});
