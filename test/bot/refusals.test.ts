import { describe, expect, it } from 'vitest';
import type { RefusalName } from '../../src/playground/rest/error.js';
import {
  type Atelier,
  buttonOf,
  eventually,
  finishPainting,
  openAtelier,
  paintFrame,
  shadeOf,
} from './atelier.js';

const EDIT = 'PATCH /channels/:channel/messages/:message';
const ACKNOWLEDGE = 'POST /interactions/:interaction/:token/callback';

/** A bot with one picture in work, its first frame shown. */
async function withPainting(at: Atelier) {
  const opened = await at.open();
  const { message } = await at.imagine(at.ada, 'a red apple');
  if (!message) throw new Error('Expected a message.');
  await eventually(() => opened.painter.paintings.length === 1);
  await paintFrame(opened.painter.current, 10);
  await eventually(() => message.body.attachments.length === 1);
  return { ...opened, message };
}

describe('when Discord refuses', () => {
  it.each([
    ['autoModerated', 'automatic moderation'],
    ['invalidForm', 'did not take the picture'],
    ['explicit', 'adult content'],
  ] as const satisfies [RefusalName, string][])(
    'a final (%s), its message says why, and its button shows the picture later',
    async (as, reason) => {
      const at = await openAtelier();
      const { painter, message } = await withPainting(at);
      at.discord.faults.add({ kind: { type: 'refused', as }, route: EDIT });
      await finishPainting(painter.current, 99);
      await eventually(() => message.body.content.includes(reason));
      expect(message.body.content).toContain('No picture this time');
      await at.discord.press({ user: at.ada, message, customId: buttonOf(message, 'show') });
      await eventually(() => message.reactions.size === 2);
      expect(await shadeOf(message)).toBeCloseTo(99, -1);
    },
  );

  it('a final for whatever reason, its message says that it is painted and where it is', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    const reasons = [
      ...[
        'invalidJson',
        'emptyMessage',
        'alreadyAcknowledged',
        'tooManyReactions',
        'notATextChannel',
        'locked',
      ],
      ...['missingAccess', 'directForbidden', 'unknownInteraction', 'unknownRoute'],
    ] as const satisfies RefusalName[];
    for (const [index, as] of reasons.entries()) {
      const { message } = await at.imagine(at.ada, 'a red apple');
      if (!message) throw new Error('Expected a message.');
      await eventually(() => painter.paintings.length === index + 1);
      await paintFrame(painter.current, 10);
      await eventually(() => message.body.attachments.length === 1);
      at.discord.faults.add({ kind: { type: 'refused', as }, route: EDIT });
      await finishPainting(painter.current, 99);
      await eventually(() => /It is painted, but/.test(message.body.content));
      expect(message.body.content, as).toMatch(/Discord did not take the picture|to its owner directly/);
    }
  });

  it('whatever is changed about its message, a new message says so and the old one goes', async () => {
    const at = await openAtelier();
    const { painter, message } = await withPainting(at);
    at.discord.faults.add({ kind: { type: 'refused', as: 'invalidForm' }, route: EDIT, times: 50 });
    await finishPainting(painter.current, 99);
    await eventually(() => !at.pictures().includes(message));
    const [told] = at.pictures();
    expect(told?.body.content).toContain('It is painted, but');
    expect(told?.body.content).not.toContain('Painting');
  });

  it('files of any size, its message says so', async () => {
    const at = await openAtelier();
    const { painter, message } = await withPainting(at);
    at.discord.faults.add({ kind: { type: 'refused', as: 'tooLarge' }, route: EDIT, times: 6 });
    await finishPainting(painter.current, 99);
    await eventually(() => message.body.content.includes('too large'));
  });

  it('files, because a permission was taken away, the picture goes to its owner, and both messages say so', async () => {
    const at = await openAtelier();
    const { painter, message } = await withPainting(at);
    at.discord.setChannelRule({
      channel: at.channel,
      user: at.discord.application.bot,
      deny: ['AttachFiles'],
    });
    await finishPainting(painter.current, 99);
    await eventually(() => message.body.content.includes('sent it to its owner directly'));
    const [direct] = at.discord.read({ channel: at.discord.directChannel(at.ada) });
    if (!direct) throw new Error('Expected a direct message.');
    expect(direct.body.content).toContain(`<#${at.channel.id}>`);
    expect(await shadeOf(direct)).toBeCloseTo(99, -1);
    // Its buttons work there.
    const outcome = await at.discord.press({
      user: at.ada,
      message: direct,
      customId: buttonOf(direct, 'again'),
    });
    expect(outcome.message?.body.content).toContain('In line');
  });

  it('files, and its owner takes no direct messages, the channel says what is missing', async () => {
    const at = await openAtelier();
    const { painter, message } = await withPainting(at);
    at.ada.acceptsDirect = false;
    at.discord.setChannelRule({
      channel: at.channel,
      user: at.discord.application.bot,
      deny: ['AttachFiles'],
    });
    await finishPainting(painter.current, 99);
    await eventually(() => message.body.content.includes('Attach Files'));
    at.discord.setChannelRule({
      channel: at.channel,
      user: at.discord.application.bot,
      allow: ['AttachFiles'],
    });
    await at.discord.press({ user: at.ada, message, customId: buttonOf(message, 'show') });
    await eventually(() => message.reactions.size === 2);
  });

  it('the words of a prompt at once, nothing is painted, and its author hears why without them', async () => {
    const at = await openAtelier();
    const { bot, painter } = await at.open();
    at.guild.blockedWords = ['apple'];
    const outcome = await at.imagine(at.ada, 'a red apple');
    expect(outcome).toMatchObject({ ephemeral: true });
    expect(outcome.message?.body.content).toContain('automatic moderation');
    await eventually(() => bot.jobs.snapshot().running.length + bot.jobs.snapshot().waitingTotal === 0);
    expect(painter.paintings.length).toBeLessThanOrEqual(1);
  });

  it('the words of a prompt later, its message tells the end without them', async () => {
    const at = await openAtelier();
    const { painter, message } = await withPainting(at);
    at.guild.blockedWords = ['apple'];
    await finishPainting(painter.current, 99);
    await eventually(() => message.body.content.includes('automatic moderation'));
    expect(message.body.content).not.toContain('apple');
    at.guild.blockedWords = [];
    await at.discord.press({ user: at.ada, message, customId: buttonOf(message, 'show') });
    await eventually(() => message.reactions.size === 2);
  });

  it('the token, the bot takes nothing more and says that it has to end', async () => {
    const at = await openAtelier();
    const expelled: Error[] = [];
    const { painter } = await at.open({ onExpelled: (error) => expelled.push(error) });
    const { message } = await at.imagine(at.ada, 'a red apple');
    await eventually(() => painter.paintings.length === 1);
    at.discord.faults.add({ kind: { type: 'refused', as: 'unauthorized' }, route: EDIT });
    await paintFrame(painter.current, 10);
    await eventually(() => expelled.length > 0);
    expect(String(expelled[0])).toContain('DISCORD_TOKEN');
    const later = await at.imagine(at.bob, 'a boat');
    expect(later.message?.body.content).toContain('takes nothing more');
    expect(message?.body.content).toContain('In line');
  });

  it('an acknowledgement for another reason, the picture is painted all the same', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    at.discord.faults.add({ kind: { type: 'refused', as: 'missingPermissions' }, route: ACKNOWLEDGE });
    at.imagine(at.ada, 'a red apple').catch(() => {});
    await eventually(() => painter.paintings.length === 1);
    await finishPainting(painter.current);
    await eventually(() => at.pictures()[0]?.reactions.size === 2);
  });
});

describe('places where nothing could be shown', () => {
  it('are private threads without the bot, which says so before it accepts anything', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    const channel = at.discord.createThread({
      parent: at.channel,
      name: 's',
      owner: at.ada,
      isPrivate: true,
    });
    const ask = () =>
      at.discord.slash({ user: at.ada, channel, name: 'imagine', options: { prompt: 'a boat' } });
    const outcome = await ask();
    expect(outcome).toMatchObject({ ephemeral: true });
    expect(outcome.message?.body.content).toContain('not a member of this private thread');
    expect(painter.paintings).toEqual([]);
    at.discord.joinThread(channel, at.discord.application.bot);
    expect((await ask()).message?.body.content).toContain('In line');
  });
});

describe('a clock that is wrong', () => {
  it.each([
    ['hours ahead', 5 * 3_600_000],
    ['hours behind', -5 * 3_600_000],
  ])('by %s, or set while painting, makes no new messages and holds no final back', async (_, ms) => {
    const at = await openAtelier();
    const { painter, message } = await withPainting(at);
    at.botClock.set(ms);
    await paintFrame(painter.current, 20);
    await eventually(() => message.body.content.includes('step 20'));
    await finishPainting(painter.current, 99);
    await eventually(() => message.reactions.size === 2);
    expect(at.pictures()).toEqual([message]);
  });
});
