import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/playground/world/message.js';
import { type Atelier, buttonOf, eventually, finishPainting, openAtelier, untilDone } from './atelier.js';

/** A bot with one finished picture of Ada's. */
async function withPicture(at: Atelier) {
  const opened = await at.open();
  const { message } = await at.imagine(at.ada, 'a red apple', { seed: 7 });
  if (!message) throw new Error('Expected a message.');
  await eventually(() => opened.painter.paintings.length === 1);
  await finishPainting(opened.painter.current);
  await untilDone(opened.bot, message);
  return { ...opened, message };
}

const storedFiles = ({ dataDir }: Atelier) =>
  readdirSync(join(dataDir, 'files'), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );

const seedIn = (message: Message | undefined) => /seed `(\d+)`/.exec(message?.body.content ?? '')?.[1];

describe('painting again', () => {
  it('by 🔁 from anyone gives the same wish another seed, in answer to the picture', async () => {
    const at = await openAtelier();
    const { painter, message } = await withPicture(at);
    at.discord.react({ user: at.bob, message, emoji: '🔁' });
    const again = await eventually(() => at.pictures()[1]);
    expect(again.replyTo).toBe(message);
    expect(again.body.content).toContain(`<@${at.bob.id}>`);
    expect(again.body.content).toContain('a red apple');
    expect(seedIn(again)).not.toBe('7');
    await eventually(() => painter.paintings.length === 2);
    await finishPainting(painter.current);
    await eventually(() => again.reactions.size === 2);
  });

  it('by the button does the same, as an answer at once', async () => {
    const at = await openAtelier();
    const { message } = await withPicture(at);
    const pressed = await at.discord.press({ user: at.bob, message, customId: buttonOf(message, 'again') });
    expect(pressed).toMatchObject({ kind: 'message', ephemeral: false });
    expect(seedIn(pressed.message)).not.toBe('7');
  });

  it('is accepted once per person and picture while queued, from button or reaction', async () => {
    const at = await openAtelier();
    const { painter, message } = await withPicture(at);
    painter.become('restarting');
    at.discord.react({ user: at.bob, message, emoji: '🔁' });
    await eventually(() => at.pictures().length === 2);
    at.discord.unreact({ user: at.bob, message, emoji: '🔁' });
    at.discord.react({ user: at.bob, message, emoji: '🔁' });
    const pressed = await at.discord.press({ user: at.bob, message, customId: buttonOf(message, 'again') });
    expect(pressed.ephemeral).toBe(true);
    expect(pressed.message?.body.content).toContain('already');
    const byAda = await at.discord.press({ user: at.ada, message, customId: buttonOf(message, 'again') });
    expect(byAda.ephemeral).toBe(false);
    expect(at.pictures()).toHaveLength(3);
  });

  it('keeps to the limit of a person', async () => {
    const at = await openAtelier({ environment: { MAX_QUEUED_PER_USER: '1' } });
    const { painter, message } = await withPicture(at);
    painter.become('restarting');
    await at.imagine(at.bob, 'another');
    const pressed = await at.discord.press({ user: at.bob, message, customId: buttonOf(message, 'again') });
    expect(pressed).toMatchObject({ ephemeral: true });
    at.discord.react({ user: at.bob, message, emoji: '🔁' });
    const byAda = await at.discord.press({ user: at.ada, message, customId: buttonOf(message, 'again') });
    expect(byAda.ephemeral).toBe(false);
    expect(at.pictures()).toHaveLength(3);
  });

  it('by 🔁 given while the bot was off is painted at its start, once', async () => {
    const at = await openAtelier();
    const first = await withPicture(at);
    await first.stop();
    at.discord.react({ user: at.bob, message: first.message, emoji: '🔁' });
    const second = await at.open();
    await eventually(() => at.pictures().length === 2);
    expect(at.pictures()[1]?.replyTo).toBe(first.message);
    await eventually(() => second.painter.paintings.length === 1);
    await second.stop();
    const third = await at.open();
    await eventually(() => third.painter.paintings.length === 1);
    expect(at.pictures()).toHaveLength(2);
  });

  it.each([
    ['directly', true],
    ['under the picture where they take no direct messages', false],
  ])('that is refused tells its giver why, once, %s', async (_, acceptsDirect) => {
    const at = await openAtelier({ environment: { MAX_QUEUED_PER_USER: '1' } });
    const { painter, message } = await withPicture(at);
    at.bob.acceptsDirect = acceptsDirect;
    painter.become('restarting');
    await at.imagine(at.bob, 'another');
    at.discord.react({ user: at.bob, message, emoji: '🔁' });
    const place = acceptsDirect ? at.discord.directChannel(at.bob) : at.channel;
    const told = await eventually(() =>
      at.discord.read({ channel: place }).find(({ body }) => body.content.includes('already have a picture')),
    );
    expect(told.body.mentions.users).toEqual([]);
    at.discord.unreact({ user: at.bob, message, emoji: '🔁' });
    at.discord.react({ user: at.bob, message, emoji: '❌' });
    const isWord = ({ route, body }: { readonly route: string; readonly body: unknown }) =>
      route === 'POST /channels/:channel/messages' && JSON.stringify(body).includes('nonce":"no-');
    const words = acceptsDirect ? 2 : 4;
    await eventually(() => at.discord.requests.filter(isWord).length === words);
    const again = at.discord.read({ channel: place });
    expect(again.filter(({ body }) => body.content.includes('picture waiting'))).toHaveLength(1);
  });

  it('works on old pictures after a restart, in servers and in direct messages', async () => {
    const at = await openAtelier();
    const first = await withPicture(at);
    const direct = at.discord.directChannel(at.ada);
    const { message: own } = await at.discord.slash({
      user: at.ada,
      channel: direct,
      name: 'imagine',
      options: { prompt: 'a secret' },
    });
    if (!own) throw new Error('Expected a message.');
    await eventually(() => first.painter.paintings.length === 2);
    await finishPainting(first.painter.current);
    await eventually(() => own.reactions.size === 2);
    await first.stop();
    at.clock.jump(40 * 24 * 3_600_000);

    const second = await at.open();
    second.painter.become('restarting');
    at.discord.react({ user: at.bob, message: first.message, emoji: '🔁' });
    at.discord.react({ user: at.ada, message: own, emoji: '🔁' });
    await eventually(() => at.pictures().length === 2);
    await eventually(() => at.discord.read({ channel: direct }).length === 2);
    const { message } = first;
    const pressed = await at.discord.press({ user: at.mod, message, customId: buttonOf(message, 'again') });
    expect(pressed.ephemeral).toBe(false);
  });

  it("ignores bots' reactions, other emoji, and messages that are not pictures", async () => {
    const at = await openAtelier();
    const { painter, message } = await withPicture(at);
    const bot = { ...at.bob, id: '999999999999999999', bot: true };
    at.discord.world.users.set(bot.id, bot);
    at.guild.members.set(bot.id, { user: bot, roles: [], joinedAt: 0 });
    const chat = at.discord.say({ user: at.ada, channel: at.channel, content: 'nice' });
    at.discord.react({ user: bot, message, emoji: '🔁' });
    at.discord.react({ user: at.bob, message, emoji: '👍' });
    at.discord.react({ user: at.bob, message: chat, emoji: '🔁' });
    // Events come in order: when this one is answered, the others were heard.
    painter.become('restarting');
    at.discord.react({ user: at.ada, message, emoji: '🔁' });
    await eventually(() => at.pictures().length === 2);
    expect(at.pictures()[1]?.body.content).toContain(`<@${at.ada.id}>`);
  });
});

describe('❌', () => {
  it('under a finished picture deletes it for its owner and for moderators, for nobody else', async () => {
    const at = await openAtelier();
    const { bot, painter, message } = await withPicture(at);
    const pressed = await at.discord.press({ user: at.bob, message, customId: buttonOf(message, 'delete') });
    expect(pressed.message?.body.content).toContain('Only the person who asked');
    at.discord.react({ user: at.bob, message, emoji: '❌' });
    const again = await at.discord.press({ user: at.bob, message, customId: buttonOf(message, 'again') });
    expect(message.deleted).toBe(false);
    expect(storedFiles(at)).toHaveLength(1);
    at.discord.react({ user: at.ada, message, emoji: '❌' });
    await eventually(() => message.deleted);
    expect(storedFiles(at)).toEqual([]);

    const newer = again.message;
    if (!newer) throw new Error('Expected a message.');
    await eventually(() => painter.paintings.length === 2);
    await finishPainting(painter.current);
    await untilDone(bot, newer);
    at.discord.react({ user: at.mod, message: newer, emoji: '❌' });
    await eventually(() => newer.deleted);
  });

  it('while waiting or painting cancels, with the painter stopped and the message saying so', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    const { message: running } = await at.imagine(at.ada, 'one');
    const { message: waiting } = await at.imagine(at.ada, 'two');
    if (!running || !waiting) throw new Error('Expected messages.');
    await eventually(() => painter.paintings.length === 1);
    const refused = await at.discord.press({
      user: at.bob,
      message: running,
      customId: buttonOf(running, 'cancel'),
    });
    expect(refused.message?.body.content).toContain('Only the person who asked');
    await at.discord.press({ user: at.ada, message: waiting, customId: buttonOf(waiting, 'cancel') });
    await eventually(() => waiting.body.content.includes('Cancelled'));
    at.discord.react({ user: at.mod, message: running, emoji: '❌' });
    await eventually(() => running.body.content.includes('Cancelled'));
    expect(painter.current.task.signal.aborted).toBe(true);
    expect(running.body.attachments).toEqual([]);
  });

  it('on a picture that Discord has not taken yet takes it back, also over a restart', async () => {
    const at = await openAtelier();
    const { bot, painter, stop } = await at.open();
    const { message } = await at.imagine(at.ada, 'one');
    if (!message) throw new Error('Expected a message.');
    await eventually(() => painter.paintings.length === 1);
    await eventually(() => message.body.content.includes('Painting'));
    const edit = 'PATCH /channels/:channel/messages/:message';
    const kind = { type: 'status', status: 502 } as const;
    const fault = at.discord.faults.add({ kind, route: edit, times: Number.POSITIVE_INFINITY });
    await finishPainting(painter.current);
    await eventually(() => fault.hits() > 0);
    const pressed = await at.discord.press({ user: at.ada, message, customId: buttonOf(message, 'cancel') });
    expect(pressed.message?.body.content).toBe('Cancelled.');
    expect((await bot.jobs.findByMessage(message.id))?.state).toBe('cancelled');
    await stop();
    fault.remove();
    await at.open();
    await eventually(() => message.body.content.includes('Cancelled'));
    expect(message.body.attachments).toEqual([]);
    expect(message.versions.every(({ body }) => body.attachments.length === 0)).toBe(true);
    expect(at.pictures()).toEqual([message]);
  });
});

describe('a ⭐', () => {
  it('puts a finished picture into the gallery of its server once, whoever gives it', async () => {
    const at = await openAtelier();
    const { bot, message } = await withPicture(at);
    at.discord.react({ user: at.bob, message, emoji: '⭐' });
    const gallery = at.discord.addChannel({ guild: at.guild, name: 'gallery' });
    const actor = { userId: at.mod.id, guildId: at.guild.id, role: 'moderator' } as const;
    await bot.jobs.setRule({ name: 'gallery', value: gallery.id }, actor);
    // As keyboards write it that ask for a picture.
    at.discord.react({ user: at.ada, message, emoji: '⭐\uFE0F' });
    const shown = await eventually(() => at.discord.read({ channel: gallery })[0]);
    expect(shown.body.content).toContain(message.id);
    expect(shown.body.attachments).toHaveLength(1);
    at.discord.react({ user: at.mod, message, emoji: '⭐' });
    at.discord.react({ user: at.bob, message, emoji: '🔁' });
    await eventually(() => at.pictures().length === 2);
    expect(at.discord.read({ channel: gallery })).toHaveLength(1);
  });

  it('that a gallery refuses is told its giver, and once those who can open it; another is tried again', async () => {
    const at = await openAtelier();
    const { bot, message } = await withPicture(at);
    const actor = { userId: at.mod.id, guildId: at.guild.id, role: 'moderator' } as const;
    const [gallery, log] = ['gallery', 'log'].map((name) => at.discord.addChannel({ guild: at.guild, name }));
    if (!gallery || !log) throw new Error('Expected channels.');
    const shut = (deny: readonly ['SendMessages'] | readonly []) =>
      at.discord.setChannelRule({ channel: gallery, user: at.discord.application.bot, deny });
    shut(['SendMessages']);
    await bot.jobs.setRule({ name: 'gallery', value: gallery.id }, actor);
    await bot.jobs.setRule({ name: 'logChannel', value: log.id }, actor);
    const toldTo = (user: typeof at.ada) => at.discord.read({ channel: at.discord.directChannel(user) });
    for (const user of [at.ada, at.bob]) {
      at.discord.react({ user, message, emoji: '⭐' });
      await eventually(() => toldTo(user).some(({ body }) => body.content.includes('gallery')));
    }
    const warnings = at.discord.read({ channel: log }).filter(({ body }) => body.content.includes('⭐'));
    expect(warnings.map(({ body }) => body.content)).toEqual([
      expect.stringContaining(`the gallery <#${gallery.id}>`),
    ]);
    shut([]);
    at.discord.react({ user: at.mod, message, emoji: '⭐' });
    await eventually(() => at.discord.read({ channel: gallery }).length === 1);
  });
});
