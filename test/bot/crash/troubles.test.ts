import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { writeTinyModel } from '../../support/tiny-model.js';
import { eventually, openAtelier, shadeOf } from '../atelier.js';
import { type BotProcess, startBotProcess } from './bot-process.js';
import type { Kill } from './kill.js';
import { noPainterLeft } from './no-painter-left.js';
import { type Row, readRows } from './rows.js';

const POLL_MS = 30;
const LONG_ENOUGH = { steps: 150 };
const EDIT = 'PATCH /channels/:channel/messages/:message';
const HOUR_MS = 3_600_000;

const isOver = ({ state, announced }: Row) =>
  ['done', 'failed', 'cancelled'].includes(state) && announced === 1;

/** A place with the tiny model, and bots that come and go there. */
async function openPlace() {
  const at = await openAtelier();
  await writeTinyModel(join(at.dataDir, 'models', 'tiny'));
  const rows = () => readRows(at.dataDir);
  const start = async (kill?: Kill, clockStepMs?: number): Promise<BotProcess> => {
    const bot = startBotProcess(at, kill, clockStepMs);
    expect(await bot.ready).toBe(true);
    return bot;
  };
  /** Lets a bot do what is left to do, and leave. */
  const finish = async (clockStepMs?: number) => {
    const bot = await start(undefined, clockStepMs);
    while (!rows().every(isOver)) {
      expect(bot.isGone()).toBe(false);
      await sleep(POLL_MS);
    }
    await bot.stop();
    await noPainterLeft(at.dataDir);
  };
  /** Asks for a picture and waits until it is in work. */
  const ask = async () => {
    const { message } = await at.imagine(at.ada, 'a red apple', LONG_ENOUGH);
    if (!message) throw new Error('Expected a message.');
    return message;
  };
  return { at, rows, start, finish, ask };
}

const at = (point: Kill['point']): Kill => ({ victim: 'bot', point, hit: 1 });

it('killed when the final was refused, before anybody was told: the message says why after the restart', async () => {
  const { at: place, rows, start, finish, ask } = await openPlace();
  const bot = await start(at('final-refused'));
  const message = await ask();
  await eventually(() => message.body.attachments.length === 1);
  place.guild.blockedWords = ['apple'];
  await bot.gone;
  expect(bot.wasKilled()).toBe(true);
  expect(rows()).toMatchObject([{ state: 'failed', announced: 0 }]);
  await finish();
  expect(message.body.content).toContain('automatic moderation');
  expect(place.pictures()).toEqual([message]);
}, 600_000);

it('killed before the words were refused: nobody is shown them, and the job ends once', async () => {
  const { at: place, rows, start, finish } = await openPlace();
  place.guild.blockedWords = ['apple'];
  const bot = await start(at('row-written'));
  place.imagine(place.ada, 'a red apple', { steps: 30 }).catch(() => {});
  await bot.gone;
  expect(rows()).toMatchObject([{ state: 'queued' }]);
  await finish();
  expect(rows()).toHaveLength(1);
  expect(rows()[0]?.state).not.toBe('done');
  for (const { body } of place.pictures()) expect(body.content).not.toContain('apple');
}, 600_000);

it('shown the door by Discord: it leaves, and the next one goes on with the same picture in the same message', async () => {
  const { at: place, rows, start, finish, ask } = await openPlace();
  const bot = await start();
  const message = await ask();
  await eventually(() => message.body.attachments.length === 1);
  place.discord.faults.add({ kind: { type: 'refused', as: 'unauthorized' }, route: EDIT });
  await bot.gone;
  expect(['painting', 'finishing']).toContain(rows()[0]?.state);
  await finish();
  expect(rows()).toMatchObject([{ state: 'done' }]);
  expect(place.pictures()).toEqual([message]);
  expect(await shadeOf(message)).toBeDefined();
}, 600_000);

it.each([
  ['ahead', 5 * HOUR_MS],
  ['back', -5 * HOUR_MS],
])(
  'with the clock set hours %s while painting, and killed: one message, one picture',
  async (_, ms) => {
    const { at: place, rows, start, finish, ask } = await openPlace();
    const bot = await start(at('finishing'), ms);
    const message = await ask();
    await bot.gone;
    expect(rows().map(({ state }) => state)).toEqual(['finishing']);
    await finish(-ms);
    expect(rows()).toMatchObject([{ state: 'done' }]);
    expect(place.pictures()).toEqual([message]);
    expect(await shadeOf(message)).toBeDefined();
  },
  600_000,
);
