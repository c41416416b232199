import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { Message } from '../../src/playground/world/message.js';
import type { GuildChannel, User } from '../../src/playground/world/places.js';
import { type Atelier, eventually, finishPainting, openAtelier } from '../bot/atelier.js';

async function rule(
  at: Atelier,
  user: User,
  name: string,
  options: Readonly<Record<string, string | boolean | number>> = {},
) {
  const outcome = await at.discord.slash({ user, channel: at.channel, name: `queue-admin ${name}`, options });
  expect(outcome.ephemeral).toBe(true);
  return outcome.message?.body.content ?? '';
}

/** A second server with a person and their waiting picture. */
async function elsewhere(at: Atelier) {
  const guild = at.discord.addGuild({ name: 'Elsewhere' });
  const channel: GuildChannel = at.discord.addChannel({ guild, name: 'hall' });
  const eve = at.discord.addUser({ name: 'Eve', guilds: [guild] });
  const imagine = (prompt: string) =>
    at.discord.slash({ user: eve, channel, name: 'imagine', options: { prompt } });
  return { guild, channel, eve, imagine };
}

describe('/queue-admin', () => {
  it('is not offered to members', async () => {
    const at = await openAtelier({ environment: { OPERATORS: '' } });
    await at.open();
    await expect(rule(at, at.bob, 'pause')).rejects.toThrow('to be allowed /queue-admin');
  });

  it('is found by operators and people of the admin role, and refuses the others who then see it', async () => {
    const at = await openAtelier();
    await at.open();
    expect(await rule(at, at.operator, 'pause')).toContain('Paused');
    expect(await rule(at, at.bob, 'pause')).toContain('Manage Server');
    const { choices } = await at.discord.autocomplete({
      user: at.bob,
      channel: at.channel,
      name: 'queue-admin remove',
      options: { job: '' },
      focused: 'job',
    });
    expect(choices).toEqual([]);
  });

  it("pauses and resumes this server's pictures only", async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    const other = await elsewhere(at);
    expect(await rule(at, at.mod, 'pause')).toContain('Paused');
    const { message } = await at.imagine(at.ada, 'held back');
    expect(message?.body.content).toContain('the queue is paused');
    await other.imagine('goes on');
    await eventually(() => painter.paintings.length === 1);
    expect(painter.current.task.request.prompts[0]?.text).toBe('goes on');
    await finishPainting(painter.current);
    await rule(at, at.mod, 'resume');
    await eventually(() => painter.paintings.length === 2);
    await eventually(() => message?.body.content.includes('Painting'));
  });

  it('says when a server’s pictures wait on because operators have paused everything', async () => {
    const at = await openAtelier();
    await at.open();
    at.discord.joinGuild({ guild: at.guild, user: at.operator, permissions: ['ManageGuild'] });
    await rule(at, at.mod, 'pause');
    await rule(at, at.operator, 'pause', { everywhere: true });
    const answer = await rule(at, at.mod, 'resume');
    expect(answer).toContain('the people who run this bot have paused everything');
    const { message } = await at.imagine(at.ada, 'waits');
    expect(message?.body.content).toContain('the queue is paused');
    expect(await rule(at, at.operator, 'resume', { everywhere: true })).toContain('moves again');
  });

  it('tells everybody in line of a pause, however far behind', async () => {
    const at = await openAtelier({ environment: { MAX_QUEUED_PER_USER: '20' } });
    const { painter } = await at.open();
    painter.become('restarting');
    const asked: (Message | undefined)[] = [];
    for (let place = 1; place <= 13; place += 1)
      asked.push((await at.imagine(at.ada, `picture ${place}`)).message);
    await rule(at, at.mod, 'pause');
    const untold = () =>
      asked
        .filter((message) => !message?.body.content.includes('the queue is paused'))
        .map((m) => m?.body.content);
    await vi.waitFor(() => expect(untold()).toEqual([]), { timeout: 15_000, interval: 20 });
    await rule(at, at.mod, 'resume');
    await eventually(() => asked.every((message) => !message?.body.content.includes('the queue is paused')));
  });

  it('tells those who wait already that a pause has begun, and that it is over', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    painter.become('restarting');
    const { message } = await at.imagine(at.ada, 'waits');
    // Whatever else there was to be shown of it is over.
    await sleep(200);
    await rule(at, at.mod, 'pause');
    await eventually(() => message?.body.content.includes('the queue is paused'));
    await rule(at, at.mod, 'resume');
    await eventually(() => !message?.body.content.includes('the queue is paused'));
  });

  it("removes one and clears all waiting, of this server's only", async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    const other = await elsewhere(at);
    await at.imagine(at.ada, 'runs');
    await eventually(() => painter.paintings.length === 1);
    const { message: foreign } = await other.imagine('foreign');
    const { message: one } = await at.imagine(at.ada, 'one');
    const { message: two } = await at.imagine(at.bob, 'two');
    const { choices } = await at.discord.autocomplete({
      user: at.mod,
      channel: at.channel,
      name: 'queue-admin remove',
      options: { job: '' },
      focused: 'job',
    });
    expect(choices?.map(({ name }) => name.split(' ').slice(1).join(' '))).toEqual(['runs', 'one', 'two']);
    const job = String(choices?.[1]?.value);
    expect(await rule(at, at.mod, 'remove', { job })).toContain('Removed');
    await eventually(() => one?.body.content.includes('Cancelled'));
    expect(await rule(at, at.mod, 'clear')).toContain('Removed 1 picture');
    await eventually(() => two?.body.content.includes('Cancelled'));
    expect(foreign?.body.content).not.toContain('Cancelled');
    expect(painter.current.task.signal.aborted).toBe(false);
  });

  it('rules everywhere for operators only', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    const other = await elsewhere(at);
    at.discord.joinGuild({ guild: other.guild, user: at.operator, permissions: ['ManageGuild'] });
    expect(await rule(at, at.mod, 'clear', { everywhere: true })).toContain(
      'Only the people who run this bot',
    );
    await at.discord.slash({ user: at.operator, channel: other.channel, name: 'queue-admin pause' });
    const undisturbed = await at.imagine(at.ada, 'runs');
    await eventually(() => painter.paintings.length === 1);
    await finishPainting(painter.current);
    await eventually(() => undisturbed.message?.reactions.size === 2);
    const pause = await at.discord.slash({
      user: at.operator,
      channel: other.channel,
      name: 'queue-admin pause',
      options: { everywhere: true },
    });
    expect(pause.message?.body.content).toContain('Paused');
    const { message } = await at.imagine(at.ada, 'waits');
    expect(message?.body.content).toContain('paused');
    expect(painter.paintings).toHaveLength(1);
  });

  it('lets operators put a picture first', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    at.discord.joinGuild({ guild: at.guild, user: at.operator, permissions: ['ManageGuild'] });
    await at.imagine(at.ada, 'runs');
    await eventually(() => painter.paintings.length === 1);
    await at.imagine(at.bob, 'first');
    const { message } = await at.imagine(at.mod, 'last');
    const job = /`([0-9a-z]{16})`/.exec(message?.body.content ?? '')?.[1] ?? '';
    expect(await rule(at, at.mod, 'front', { job })).toContain('Only the people who run this bot');
    expect(await rule(at, at.operator, 'front', { job })).toContain('is next');
    await finishPainting(painter.current);
    await eventually(() => painter.paintings.length === 2);
    expect(painter.current.task.job).toBe(job);
  });

  it('lets moderators move a picture within their line, and tells whose it is, the log and both messages', async () => {
    const at = await openAtelier();
    const { bot, painter } = await at.open();
    const log = at.discord.addChannel({ guild: at.guild, name: 'log' });
    await at.discord.slash({
      ...{ user: at.mod, channel: at.channel, name: 'settings log-channel', options: { value: log.id } },
    });
    painter.become('restarting');
    const first = (await at.imagine(at.bob, 'first')).message;
    const { message: last } = await at.imagine(at.ada, 'last');
    const job = /`([0-9a-z]{16})`/.exec(last?.body.content ?? '')?.[1] ?? '';
    await vi.waitFor(async () => expect((await bot.jobs.find(job))?.message).not.toBeNull());
    expect(await rule(at, at.mod, 'move', { job, place: 1 })).toContain('place 1 of 2');
    await eventually(() => last?.body.content.includes('place 1 of 2'));
    await eventually(() => first?.body.content.includes('place 2 of 2'));
    const said = await eventually(() =>
      at.discord.read({ user: at.ada, channel: at.channel }).find(({ onlyFor }) => onlyFor === at.ada),
    );
    expect(said.body.content).toContain(`moved your picture \`${job}\` to place 1 in line`);
    await eventually(() =>
      at.discord.read({ channel: log }).some(({ body }) => body.content.includes('to place 1')),
    );
    painter.become('idle');
    await eventually(() => painter.paintings.length === 1);
    expect(painter.current.task.job).toBe(job);
  });
});
