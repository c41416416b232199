import { describe, expect, it } from 'vitest';
import { type Atelier, eventually, finishPainting, openAtelier } from '../bot/atelier.js';

/** A bot that has painted one picture of Ada's. */
async function withPicture(at: Atelier) {
  const { bot, painter } = await at.open();
  const { message } = await at.imagine(at.ada, 'a red apple');
  if (!message) throw new Error('Expected a message.');
  await eventually(() => painter.paintings.length === 1);
  const { job } = painter.current.task;
  await finishPainting(painter.current);
  await eventually(() => message.reactions.size === 2);
  return { bot, message, job };
}

describe('/report', () => {
  it('reaches the log channel with all that is needed to judge, and a button that takes the picture away', async () => {
    const at = await openAtelier();
    const { message, job } = await withPicture(at);
    const log = at.discord.addChannel({ guild: at.guild, name: 'log' });
    const set = {
      user: at.mod,
      channel: at.channel,
      name: 'settings log-channel',
      options: { value: log.id },
    };
    expect((await at.discord.slash(set)).message?.body.content).toContain(`<#${log.id}>`);
    const outcome = await at.discord.useOnMessage({ user: at.bob, name: 'Report', target: message });
    expect(outcome.ephemeral).toBe(true);
    const letter = await eventually(() =>
      at.discord.read({ channel: log }).find(({ body }) => body.content.includes('reported')),
    );
    for (const fact of [at.bob.id, at.ada.id, job, 'a red apple', message.id]) {
      expect(letter.body.content).toContain(fact);
    }
    const [remove] = at.discord.buttonsOf(letter);
    const press = (user: typeof at.mod) =>
      at.discord.press({ user, message: letter, customId: remove?.customId ?? '' });
    expect((await press(at.bob)).message?.body.content).toContain('or a moderator of its server');
    expect((await press(at.mod)).message?.body.content).toContain('Removed');
    expect(message.deleted).toBe(true);
    await eventually(() =>
      at.discord.read({ channel: log }).some(({ body }) => body.content.includes('deleted the picture')),
    );
  });

  it('goes to the owner of a server without a log channel, once from each person', async () => {
    const at = await openAtelier();
    const { message, job } = await withPicture(at);
    const report = async (picture: string, reason = '') => {
      const options = { picture, ...(reason && { reason }) };
      const asked = { user: at.bob, channel: at.channel, name: 'report', options };
      const { message: answer } = await at.discord.slash(asked);
      return eventually(() => answer?.body.content || undefined);
    };
    expect(await report('nonsense')).toContain('no such picture');
    const link = `https://discord.com/channels/${at.guild.id}/${at.channel.id}/${message.id}`;
    expect(await report(link, 'That is me.')).toContain('moderators have been told');
    expect(await report(job)).toContain('already');
    const owner = at.guild.members.get(at.guild.ownerId)?.user ?? at.mod;
    const direct = at.discord.directChannel(owner);
    expect(at.discord.read({ channel: direct })[0]?.body.content).toContain('That is me');
  });

  it('goes to the owner, too, where the log channel was deleted, and deeds are told nowhere then', async () => {
    const at = await openAtelier();
    const { message, job } = await withPicture(at);
    const log = at.discord.addChannel({ guild: at.guild, name: 'log' });
    const asked = { user: at.mod, channel: at.channel };
    await at.discord.slash({ ...asked, name: 'settings log-channel', options: { value: log.id } });
    at.discord.removeChannel(log);
    const outcome = await at.discord.useOnMessage({ user: at.bob, name: 'Report', target: message });
    await eventually(() => outcome.message?.body.content.includes('have been told'));
    const owner = at.guild.members.get(at.guild.ownerId)?.user ?? at.mod;
    expect(at.discord.read({ channel: at.discord.directChannel(owner) })[0]?.body.content).toContain(job);
    const removal = await at.discord.slash({ ...asked, name: 'queue-admin remove', options: { job } });
    expect(removal.message?.body.content).toContain('Removed');
    await eventually(() => message.deleted);
  });
});
