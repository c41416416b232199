import { describe, expect, it, vi } from 'vitest';
import {
  type Atelier,
  buttonOf,
  eventually,
  finishPainting,
  openAtelier,
  PATIENCE_MS,
  paintFrame,
  untilDone,
} from './atelier.js';

/** Ada's finished picture, starred into a gallery, its film shown, and a reply that pinged her. */
async function withCopies(at: Atelier) {
  const gallery = at.discord.addChannel({ guild: at.guild, name: 'gallery' });
  const { bot, painter } = await at.open();
  const rule = { name: 'gallery', value: gallery.id } as const;
  await bot.jobs.setRule(rule, { userId: at.mod.id, guildId: at.guild.id, role: 'moderator' });
  const { message: menu } = await at.discord.slash({ user: at.ada, channel: at.channel, name: 'me' });
  if (!menu) throw new Error('Expected a message.');
  await at.discord.choose({ user: at.ada, message: menu, customId: 'v1:/me:notice', values: ['reply'] });
  const { message } = await at.imagine(at.ada, 'a red apple');
  if (!message) throw new Error('Expected a message.');
  await eventually(() => painter.paintings.length === 1);
  await paintFrame(painter.current, 10, 20, 30);
  await finishPainting(painter.current);
  await untilDone(bot, message);
  at.discord.react({ user: at.bob, message, emoji: '⭐' });
  await at.discord.press({ user: at.bob, message, customId: buttonOf(message, 'film') });
  const left = () => [at.channel, gallery].flatMap((channel) => at.discord.read({ channel }));
  await eventually(() => left().length === 4);
  // They are noted as soon as they stand.
  await vi.waitFor(
    async () => {
      for (const { id } of left()) expect(await bot.jobs.findByMessage(id)).toBeDefined();
    },
    { timeout: PATIENCE_MS },
  );
  return { bot, message, gallery, left };
}

describe('what shows a picture elsewhere', () => {
  it('goes when somebody deletes the picture', async () => {
    const at = await openAtelier();
    const { message, left } = await withCopies(at);
    await at.discord.press({ user: at.ada, message, customId: buttonOf(message, 'delete') });
    await eventually(() => left().length === 0);
  });

  it('goes when the picture’s own message is deleted by hand', async () => {
    const at = await openAtelier();
    const { message, left } = await withCopies(at);
    at.discord.deleteMessage({ user: at.mod, message });
    await eventually(() => left().length === 0);
  });

  it('goes when its owner has everything deleted', async () => {
    const at = await openAtelier();
    const { left } = await withCopies(at);
    const options = { sure: true };
    await at.discord.slash({ user: at.ada, channel: at.channel, name: 'privacy delete', options });
    await eventually(() => left().length === 0);
  });

  it('may be where the picture is taken away: a moderator’s ❌ under the copy takes all of them', async () => {
    const at = await openAtelier();
    const { gallery, left } = await withCopies(at);
    const [copy] = at.discord.read({ channel: gallery });
    if (!copy) throw new Error('Expected a copy.');
    at.discord.react({ user: at.mod, message: copy, emoji: '❌' });
    await eventually(() => left().length === 0);
  });
});
