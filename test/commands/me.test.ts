import { describe, expect, it } from 'vitest';
import { type Atelier, eventually, finishPainting, openAtelier, untilDone } from '../bot/atelier.js';

const ask = ({ discord, channel }: Atelier, user: Atelier['ada']) =>
  discord.slash({ user, channel, name: 'me' });

async function choose(at: Atelier, user: Atelier['ada'], wish: string, value: string) {
  const { message } = await ask(at, user);
  if (!message) throw new Error('Expected a message.');
  await at.discord.choose({ user, message, customId: `v1:/me:${wish}`, values: [value] });
  return message;
}

describe('/me', () => {
  it('tells what one has in line and may, and one’s own latest pictures', async () => {
    const at = await openAtelier({ environment: { MAX_QUEUED_PER_USER: '4', MAX_PER_MINUTE: '9' } });
    const { painter, bot } = await at.open();
    expect((await ask(at, at.ada)).message?.body.content).toContain('no picture yet');
    const { message } = await at.imagine(at.ada, 'a castle');
    await eventually(() => painter.paintings.length === 1);
    await at.imagine(at.ada, 'a second castle');
    await finishPainting(painter.current);
    await untilDone(bot, message);
    const mine = await ask(at, at.ada);
    expect(mine.ephemeral).toBe(true);
    expect(mine.message?.body.content).toContain('2 of 9');
    expect(mine.message?.body.content).toMatch(/\[a castle\]\(https.*\)/);
    expect((await ask(at, at.bob)).message?.body.content).not.toContain('castle');
  });

  it('tells of what a moderator has set for one, and that one may not paint', async () => {
    const at = await openAtelier();
    await at.open();
    const rule = async (name: string, options: Readonly<Record<string, string | number>>) =>
      at.discord.slash({ user: at.mod, channel: at.channel, name, options: { user: at.ada.id, ...options } });
    await rule('mod limit', { pictures: 1 });
    await rule('mod quota', { pictures: 5 });
    await at.imagine(at.ada, 'a castle');
    const told = async () => (await ask(at, at.ada)).message?.body.content;
    expect(await told()).toMatch(/of 1 picture\n(.*\n)?.*24 hours, here:\*\* 1 of 5/);
    await rule('mod ban', { reason: 'too loud' });
    expect(await told()).toMatch(/^You may not paint here: too loud\n/);
  });

  it('keeps defaults over a restart, under what is asked for, and takes them back', async () => {
    const at = await openAtelier();
    const first = await at.open();
    await choose(at, at.ada, 'aspect', 'portrait');
    const form = await choose(at, at.ada, 'quality', 'draft');
    expect(JSON.stringify(form.body.components)).toContain('"quality: draft","default":true');
    await first.stop();
    const { painter } = await at.open();
    await at.imagine(at.ada, 'a castle');
    await eventually(() => painter.paintings.length === 1);
    expect(painter.current.task.request).toMatchObject({ width: 104, height: 160, steps: 10 });
    await finishPainting(painter.current);
    await choose(at, at.ada, 'quality', '-');
    await at.imagine(at.ada, 'a wide castle --ar 3:2');
    await eventually(() => painter.paintings.length === 2);
    expect(painter.current.task.request).toMatchObject({ width: 160, height: 104, steps: 40 });
    await finishPainting(painter.current);
    await at.imagine(at.bob, 'a castle');
    await eventually(() => painter.paintings.length === 3);
    expect(painter.current.task.request).toMatchObject({ width: 128, height: 128 });
  });

  it('has people told of their pictures as they chose: not at all, in answer with a ping, or directly', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    await choose(at, at.bob, 'notice', 'reply');
    await choose(at, at.mod, 'notice', 'direct');
    for (const user of [at.ada, at.bob, at.mod]) {
      const { message } = await at.imagine(user, `a boat for ${user.name}`);
      await eventually(() => painter.current.task.request.prompts[0]?.text.endsWith(user.name));
      await finishPainting(painter.current);
      await eventually(() => message?.reactions.size === 2);
    }
    const direct = await eventually(() => at.discord.read({ channel: at.discord.directChannel(at.mod) })[0]);
    expect(direct.body.content).toContain('Your picture is done');
    const [, , , notice, ...others] = [...at.pictures()].sort(
      (a, b) => Number(a.replyTo !== undefined) - Number(b.replyTo !== undefined),
    );
    expect(others).toEqual([]);
    expect(notice?.replyTo?.body.content).toContain('a boat for Bob');
    expect(notice?.body.mentions.users.map(({ id }) => id)).toEqual([at.bob.id]);
  });
});
