import { InteractionType } from 'discord.js';
import { describe, expect, it, vi } from 'vitest';
import { attachmentObject } from '../../src/playground/wire/message.js';
import { keepFile } from '../../src/playground/world/attachments.js';
import { interact } from '../../src/playground/person/interact.js';
import { eventually, finishPainting, openAtelier, PATIENCE_MS, paintFrame, untilDone } from './atelier.js';

const DAY_MS = 24 * 60 * 60_000;

describe('a night on a busy server', () => {
  it('a storm of 🔁 from one person leaves one more picture of theirs in line', async () => {
    const at = await openAtelier();
    const { bot, painter, stop } = await at.open();
    const { message } = await at.imagine(at.ada, 'a red apple');
    if (!message) throw new Error('Expected a message.');
    await eventually(() => painter.paintings.length === 1);
    await finishPainting(painter.current);
    await untilDone(bot, message);
    painter.become('restarting');
    for (let turn = 0; turn < 15; turn += 1) {
      at.discord.react({ user: at.bob, message, emoji: '🔁' });
      at.discord.unreact({ user: at.bob, message, emoji: '🔁' });
    }
    await eventually(() => bot.jobs.snapshot().waitingTotal > 0);
    // It ends what it is handling first.
    await stop();
    const again = await at.open();
    again.painter.become('restarting');
    expect((await again.bot.jobs.export(at.bob.id)).pictures).toHaveLength(1);
  });

  it('a server that the bot is removed from while it paints ends that picture and no other', async () => {
    const at = await openAtelier();
    const { bot, painter } = await at.open();
    const guild = at.discord.addGuild({ name: 'Elsewhere' });
    const channel = at.discord.addChannel({ guild, name: 'hall' });
    const eve = at.discord.addUser({ name: 'Eve', guilds: [guild] });
    await at.discord.slash({ user: eve, channel, name: 'imagine', options: { prompt: 'far away' } });
    await eventually(() => painter.paintings.length === 1);
    const { job } = painter.current.task;
    await paintFrame(painter.current, 10);
    at.discord.removeGuild(guild);
    await paintFrame(painter.current, 20);
    const { message } = await at.imagine(at.ada, 'here');
    await finishPainting(painter.current);
    await eventually(() => painter.paintings.length === 2);
    await finishPainting(painter.current);
    await eventually(() => message?.reactions.size === 2);
    await vi.waitFor(async () => expect(['done', 'failed']).toContain((await bot.jobs.find(job))?.state), {
      timeout: PATIENCE_MS,
    });
  });

  it('somebody who leaves while it paints for them has their picture there, and nothing else stops', async () => {
    const at = await openAtelier();
    const { bot, painter } = await at.open();
    const eve = at.discord.addUser({ name: 'Eve', guilds: [at.guild] });
    const hall = at.discord.addChannel({ guild: at.guild, name: 'hall' });
    const { message: menu } = await at.discord.slash({ user: eve, channel: hall, name: 'me' });
    if (!menu) throw new Error('Expected a message.');
    await at.discord.choose({ user: eve, message: menu, customId: 'v1:/me:notice', values: ['direct'] });
    const painted = (prompt: string, channel = at.channel) =>
      at.discord.slash({ user: eve, channel, name: 'imagine', options: { prompt } });
    const { message } = await painted('farewell');
    await painted('into a closed hall', hall);
    await at.imagine(at.ada, 'after them');
    await eventually(() => painter.paintings.length === 1);
    await paintFrame(painter.current, 10);
    at.discord.leaveGuild({ guild: at.guild, user: eve });
    at.discord.removeChannel(hall);
    for (const turn of [1, 2, 3]) {
      await eventually(() => painter.paintings.length === turn);
      await finishPainting(painter.current);
    }
    await eventually(() => at.pictures().filter(({ reactions }) => reactions.size === 2).length === 2);
    expect(message?.body.attachments).toHaveLength(1);
    // Nobody can write to them any more: theirs from the hall is kept, and says why it is nowhere.
    const lost = painter.paintings.find(({ task }) => task.request.prompts[0]?.text.includes('closed'));
    await vi.waitFor(
      async () =>
        expect(await bot.jobs.find(lost?.task.job ?? '')).toMatchObject({
          state: 'failed',
          reason: { kind: 'channelClosed' },
        }),
      { timeout: PATIENCE_MS },
    );
    const ban = { user: at.mod, channel: at.channel, name: 'mod ban', options: { user: eve.id } };
    expect((await at.discord.slash(ban)).message?.body.content).toContain('may not paint');
  });

  it('of 25 files that an interaction brings, only those it has options for are taken', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    const files = Array.from({ length: 25 }, (_, index) => {
      const bytes = Buffer.from(`file ${index}`);
      const file = { filename: `${index}.png`, contentType: 'image/png', bytes };
      const kept = keepFile(at.discord.world, file, undefined);
      at.discord.world.uploads.set(kept.id, kept);
      return kept;
    });
    const place = { channelId: at.channel.id, onlyFor: at.channel };
    const attachments = Object.fromEntries(
      files.map((file) => [file.id, attachmentObject(at.discord.world, place, file)]),
    );
    const names = ['image', 'image-prompt', ...files.slice(2).map((_, index) => `image-${index}`)];
    const options = [
      { name: 'prompt', type: 3, value: 'many' },
      ...files.map(({ id }, index) => ({ name: names[index], type: 11, value: id })),
    ];
    const data = { id: '1', type: 1, name: 'imagine', options, resolved: { attachments } };
    const type = InteractionType.ApplicationCommand;
    await interact(at.discord.world, { user: at.ada, channel: at.channel, type, data });
    await eventually(() => painter.paintings.length === 1);
    const given = [...painter.current.task.images.values()].map((bytes) => Buffer.from(bytes).toString());
    expect(given.sort()).toEqual(['file 0', 'file 1']);
  });

  it('a clock that is set a day ahead or back neither loses a picture nor counts to nowhere', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    for (const [index, ms] of [DAY_MS, -2 * DAY_MS].entries()) {
      await at.imagine(at.ada, `in time ${index}`);
      const painting = await eventually(() => painter.paintings[index]);
      at.botClock.set(ms);
      await paintFrame(painting, 10);
      await finishPainting(painting);
      await eventually(() => at.pictures().filter(({ reactions }) => reactions.size === 2)[index]);
    }
    expect(at.pictures()).toHaveLength(2);
  });

  it.each([
    ['right to left', '\u202eevil \u05e9\u05dc\u05d5\u05dd \u0639\u0627\u0644\u0645'],
    ['emoji of many parts', '👩‍👩‍👧‍👦 🏳️‍🌈 '.repeat(20)],
    ['markdown and mentions', '# @everyone <@&1> *x* `y` [z](https://example.org)'],
  ])(
    'a prompt of %s is shown as it is from place in line to picture, and does nothing else',
    async (_, prompt) => {
      const at = await openAtelier();
      const { bot, painter } = await at.open();
      const { message, ephemeral } = await at.imagine(at.ada, prompt);
      expect(ephemeral).toBe(false);
      const { content, mentions } = message?.body ?? {};
      expect(content).not.toContain('\u202e');
      expect(content).not.toMatch(/(^|[^\\])(\*x|`y`|\]\(https)/);
      expect(mentions).toMatchObject({ everyone: false, roles: [] });
      await eventually(() => painter.paintings.length === 1);
      await finishPainting(painter.current);
      await untilDone(bot, message);
      const [picture] = message?.body.attachments ?? [];
      expect(picture?.description).toBeTruthy();
      expect(picture?.description).not.toContain('\u202e');
    },
  );

  it('a prompt of 6000 characters, which no client lets through, is answered with a sentence', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    const options = [{ name: 'prompt', type: 3, value: 'x'.repeat(6000) }];
    const data = { id: '1', type: 1, name: 'imagine', options };
    const type = InteractionType.ApplicationCommand;
    const { ephemeral, message } = await interact(at.discord.world, {
      ...{ user: at.ada, channel: at.channel, type, data },
    });
    expect(ephemeral).toBe(true);
    expect(message?.body.content).toMatch(/prompt|characters/i);
    expect(message?.body.content.length).toBeLessThan(400);
    expect(painter.paintings).toEqual([]);
  });

  it('what was painted in private is not painted again in a server', async () => {
    const at = await openAtelier();
    const { bot, painter } = await at.open();
    const direct = at.discord.directChannel(at.ada);
    const asked = { user: at.ada, channel: direct, name: 'imagine', options: { prompt: 'a secret' } };
    await at.discord.slash(asked);
    await eventually(() => painter.paintings.length === 1);
    const { job, request } = painter.current.task;
    const elsewhere = { causeId: 'x', userId: at.ada.id, guildId: at.guild.id, channelId: at.channel.id };
    await expect(
      bot.jobs.accept({ ...elsewhere, locale: 'en', request, parentJob: job }),
    ).rejects.toMatchObject({ refusal: { kind: 'privatePicture' } });
  });
});
