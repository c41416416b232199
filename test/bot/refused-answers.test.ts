import { describe, expect, it } from 'vitest';
import { textFor } from '../../src/discord/words/text.js';
import type { RefusalName } from '../../src/playground/rest/error.js';
import {
  type Atelier,
  buttonOf,
  eventually,
  finishPainting,
  openAtelier,
  paintFrame,
  untilDone,
} from './atelier.js';
import { requiredOf, type Values, WAYS } from './ways.js';

const FIRST_ANSWER = 'POST /interactions/:interaction/:token/callback';
const EDIT = 'PATCH /channels/:channel/messages/:message';
const HELD_ANSWER = 'PATCH /webhooks/:application/:token/messages/:message';
const text = textFor('en-US');

/** A bot with one finished picture. */
async function withPicture(at: Atelier) {
  const opened = await at.open();
  const { message } = await at.imagine(at.ada, 'a red apple');
  if (!message) throw new Error('Expected a message.');
  await eventually(() => opened.painter.paintings.length === 1);
  await finishPainting(opened.painter.current);
  await untilDone(opened.bot, message);
  return { ...opened, message };
}

/** What takes its time first says that an answer will come. */
const HOLDING = ['privacy delete', 'privacy export', 'report', 'show'];

/** What the bot says after it did what a command means, its answer refused. */
async function saidInstead(at: Atelier, as: RefusalName, asked: Asked): Promise<string> {
  const route = HOLDING.includes(asked.name) ? HELD_ANSWER : FIRST_ANSWER;
  const fault = at.discord.faults.add({ kind: { type: 'refused', as }, route });
  const outcome = await at.discord.slash({ user: at.operator, channel: at.channel, ...asked });
  await fault.spent;
  return eventually(() => [outcome.message, ...outcome.followUps].at(-1)?.body.content || false);
}

interface Asked {
  readonly name: string;
  readonly options: Values;
}

describe('an answer that Discord refuses', () => {
  it.each([
    ['autoModerated', text.answerBlocked],
    ['invalidForm', text.answerRefused],
    ['tooLarge', text.answerTooLarge],
  ] as const)('(%s) is replaced by one that says what holds, of every command', async (as, sentence) => {
    const at = await openAtelier();
    const { bot, message } = await withPicture(at);
    const picture = (await bot.jobs.findByMessage(message.id))?.id ?? '';
    const values: Values = {
      ...{ user: at.ada.id, job: picture, picture, place: 1, sure: true, count: 1 },
    };
    const said: Record<string, string> = {};
    for (const way of WAYS.filter(({ name }) => name !== 'imagine')) {
      said[way.name] = await saidInstead(at, as, { name: way.name, options: requiredOf(way, values) });
    }
    // Nothing waited that could have been moved, and nobody else has a picture.
    const undone = ['cancel', 'queue-admin front', 'queue-admin move', 'queue-admin retry'];
    for (const [name, words] of Object.entries(said)) {
      expect(words, name).toBe(undone.includes(name) ? text.reasonRefused : sentence);
    }
  });

  it('has taken back the picture all the same', async () => {
    const at = await openAtelier();
    const { bot, painter } = await at.open();
    await at.imagine(at.operator, 'a red apple');
    await eventually(() => painter.paintings.length === 1);
    expect(await saidInstead(at, 'autoModerated', { name: 'cancel', options: {} })).toBe(text.answerBlocked);
    await eventually(() => bot.jobs.snapshot().running.length === 0);
  });

  it('has taken the picture and its message away all the same', async () => {
    const at = await openAtelier();
    const { message } = await withPicture(at);
    at.discord.faults.add({ kind: { type: 'refused', as: 'invalidForm' }, route: FIRST_ANSWER });
    const pressed = { user: at.ada, message, customId: buttonOf(message, 'delete') };
    const outcome = await at.discord.press(pressed);
    expect(outcome.message?.body.content).toBe(text.answerRefused);
    await eventually(() => !at.pictures().includes(message));
  });

  it('is told apart from a first word that is refused, after which nothing was done', async () => {
    const at = await openAtelier();
    const { bot, message } = await withPicture(at);
    const picture = (await bot.jobs.findByMessage(message.id))?.id ?? '';
    at.discord.faults.add({ kind: { type: 'refused', as: 'invalidForm' }, route: FIRST_ANSWER });
    const report = { name: 'report', options: { picture, reason: 'spam' } };
    const outcome = await at.discord.slash({ user: at.bob, channel: at.channel, ...report });
    expect(outcome.message?.body.content).toBe(text.fault);
    const log = { user: at.mod, channel: at.channel, name: 'mod log' };
    expect((await at.discord.slash(log)).message?.body.content).not.toContain('spam');
  });
});

describe('a message that tells why Discord refused its picture', () => {
  it.each(['explicit', 'invalidForm', 'autoModerated'] as const)(
    '(%s) has buttons that all do what they say',
    async (as) => {
      const at = await openAtelier();
      const { painter } = await at.open();
      const { message } = await at.imagine(at.ada, 'a red apple');
      if (!message) throw new Error('Expected a message.');
      await eventually(() => painter.paintings.length === 1);
      await paintFrame(painter.current, 10);
      await eventually(() => message.body.attachments.length === 1);
      at.discord.faults.add({ kind: { type: 'refused', as }, route: EDIT });
      await finishPainting(painter.current);
      await eventually(() => message.body.content.includes('No picture this time'));
      const ids = JSON.stringify(message.body.components).match(/v1:[a-z]+:[0-9a-z]{16}/g) ?? [];
      expect(ids.map((id) => id.split(':')[1])).toContain('show');
      const last = (id: string) => (/:(delete|show):/.test(id) ? 1 : 0);
      for (const customId of ids.sort((a, b) => last(a) - last(b))) {
        const { message: answer } = await at.discord.press({ user: at.ada, message, customId });
        expect(answer?.body.content, customId).not.toBe(text.fault);
        expect(answer?.body.content, customId).not.toBe(text.unknownButton);
      }
    },
  );
});
