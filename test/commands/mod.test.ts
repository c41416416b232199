import { describe, expect, it, vi } from 'vitest';
import type { User } from '../../src/playground/world/places.js';
import { type Atelier, eventually, finishPainting, openAtelier, PATIENCE_MS } from '../bot/atelier.js';

async function moderate(
  at: Atelier,
  user: User,
  name: string,
  options: Readonly<Record<string, string | number | boolean>> = {},
) {
  const outcome = await at.discord.slash({ user, channel: at.channel, name: `mod ${name}`, options });
  expect(outcome.ephemeral).toBe(true);
  return outcome.message?.body.content ?? '';
}

describe('/mod', () => {
  it('bans and unbans a person, with the reason they are told, in this server only', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    const guild = at.discord.addGuild({ name: 'Elsewhere' });
    const channel = at.discord.addChannel({ guild, name: 'hall' });
    at.discord.joinGuild({ guild, user: at.bob, permissions: [] });
    painter.become('restarting');
    const { message } = await at.imagine(at.bob, 'waits');
    const answer = await moderate(at, at.mod, 'ban', { user: at.bob.id, reason: 'No more of that.' });
    expect(answer).toContain('may not paint');
    await eventually(() => message?.body.content.includes('Cancelled'));
    const refused = await at.imagine(at.bob, 'again');
    expect(refused.ephemeral).toBe(true);
    expect(refused.message?.body.content).toContain('No more of that.');
    const there = { user: at.bob, channel, name: 'imagine', options: { prompt: 'there' } };
    expect((await at.discord.slash(there)).ephemeral).toBe(false);
    const list = await moderate(at, at.mod, 'list');
    expect(list).toContain(`<@${at.bob.id}> · by <@${at.mod.id}>`);
    expect(list).toContain('No more of that');
    expect(await moderate(at, at.mod, 'unban', { user: at.bob.id })).toContain('may paint again');
    expect(await moderate(at, at.mod, 'unban', { user: at.bob.id })).toContain('was not banned');
    expect((await at.imagine(at.bob, 'again')).ephemeral).toBe(false);
  });

  it('says of somebody who is banned everywhere that only operators can end that', async () => {
    const at = await openAtelier();
    await at.open();
    at.discord.joinGuild({ guild: at.guild, user: at.operator, permissions: ['ManageGuild'] });
    const everywhere = { user: at.bob.id, everywhere: true };
    const list = { everywhere: true };
    expect(await moderate(at, at.operator, 'list', list)).toBe('Nobody is banned everywhere.');
    await moderate(at, at.operator, 'ban', everywhere);
    expect(await moderate(at, at.operator, 'list', list)).toContain('**May not paint anywhere**');
    expect(await moderate(at, at.mod, 'unban', { user: at.bob.id })).toContain(
      'was not banned in this server',
    );
    await moderate(at, at.mod, 'ban', { user: at.bob.id });
    expect(await moderate(at, at.mod, 'unban', { user: at.bob.id })).toContain(
      'no longer banned in this server',
    );
    expect((await at.imagine(at.bob, 'still not')).message?.body.content).toContain('may not paint');
    expect(await moderate(at, at.operator, 'unban', everywhere)).toContain('may paint again');
    expect((await at.imagine(at.bob, 'at last')).ephemeral).toBe(false);
  });

  it('shows the reason of a ban as words, whatever is written in it', async () => {
    const at = await openAtelier();
    await at.open();
    const reason = '**no** @everyone [here](https://example.org) `x`\n# loud';
    await moderate(at, at.mod, 'ban', { user: at.bob.id, reason });
    const told = (await at.imagine(at.bob, 'again')).message?.body.content ?? '';
    const list = await moderate(at, at.mod, 'list');
    for (const text of [told, list]) {
      expect(text).toContain('no');
      expect(text).not.toMatch(/(?<!\\)\*\*no|(?<!\\)\[here\]|(?<!\\)`x|^# loud/m);
    }
  });

  it('ends what somebody it bans has in work', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    const { message } = await at.imagine(at.bob, 'is painted');
    await eventually(() => painter.paintings.length === 1);
    await moderate(at, at.mod, 'ban', { user: at.bob.id });
    expect(painter.current.task.signal.aborted).toBe(true);
    const { body } = await eventually(
      () => message?.body.content.includes('A moderator removed it') && message,
    );
    expect(body.content).not.toContain('is painted');
    expect(JSON.stringify(body.components)).not.toContain('v1:again');
  });

  it('gives one person limits of their own, and takes them back', async () => {
    const at = await openAtelier({ environment: { MAX_QUEUED_PER_USER: '5' } });
    const { painter } = await at.open();
    painter.become('restarting');
    expect(await moderate(at, at.mod, 'limit', { user: at.bob.id, pictures: 1 })).toContain(
      '1 picture waiting',
    );
    expect(await moderate(at, at.mod, 'list')).toContain(`<@${at.bob.id}> · waiting-per-user 1`);
    expect((await at.imagine(at.bob, 'one')).ephemeral).toBe(false);
    expect((await at.imagine(at.bob, 'two')).message?.body.content).toContain('already have a picture');
    await at.imagine(at.ada, 'one');
    expect((await at.imagine(at.ada, 'two')).ephemeral).toBe(false);
    await moderate(at, at.mod, 'limit', { user: at.bob.id });
    expect((await at.imagine(at.bob, 'two')).ephemeral).toBe(false);
    await moderate(at, at.mod, 'quota', { user: at.ada.id, pictures: 2 });
    expect((await at.imagine(at.ada, 'three')).message?.body.content).toContain('2 pictures within 24 hours');
    expect(await moderate(at, at.mod, 'limit', { user: at.bob.id, pictures: 6 })).toContain('from 1 to 5');
  });

  it('tells what was done, of everybody or of one person, and to members nothing', async () => {
    const at = await openAtelier();
    const { bot, painter } = await at.open();
    expect(await moderate(at, at.mod, 'log')).toContain('Nothing was done');
    await at.imagine(at.ada, 'goes');
    await eventually(() => painter.paintings.length === 1);
    const job = painter.current.task.job;
    await finishPainting(painter.current);
    await vi.waitFor(async () => expect((await bot.jobs.find(job))?.state).toBe('done'), {
      timeout: PATIENCE_MS,
    });
    const remove = { user: at.mod, channel: at.channel, name: 'queue-admin remove', options: { job } };
    expect((await at.discord.slash(remove)).message?.body.content).toContain('Removed');
    expect(at.pictures()).toEqual([]);
    await moderate(at, at.mod, 'ban', { user: at.bob.id, reason: 'Enough.' });
    const log = await moderate(at, at.mod, 'log');
    expect(log).toContain(`<@${at.mod.id}> deleted the picture \`${job}\` of <@${at.ada.id}>`);
    expect(log).toContain(`banned <@${at.bob.id}>: Enough`);
    const ofBob = await moderate(at, at.mod, 'log', { user: at.bob.id });
    expect(ofBob).toContain('Enough');
    expect(ofBob).not.toContain(job);
    expect(await moderate(at, at.bob, 'log')).toContain('Manage Server');
    expect(await moderate(at, at.mod, 'log', { everywhere: true })).toContain(
      'Only the people who run this bot',
    );
    expect(await moderate(at, at.operator, 'log', { everywhere: true })).toContain('Enough');
  });
});
