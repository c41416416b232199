import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { writeTinyModel } from '../../support/tiny-model.js';
import { openAtelier, shadeOf } from '../atelier.js';
import { type BotProcess, startBotProcess } from './bot-process.js';
import { formatKill, type Kill } from './kill.js';
import { noPainterLeft } from './no-painter-left.js';
import { type Row, readRows } from './rows.js';

const POLL_MS = 30;
/** How often a kill is tried whose point was not reached, with more and longer paintings each time. */
const LIVES = 8;
/** A painting of so many steps is over sooner than three of its frames are shown only on a strange machine. */
const MOST_STEPS = 2000;

/**
 * Lets people ask for pictures while the bot, or its painter, is killed at one point after the other and started
 * again; at the end every accepted job must have ended exactly once, in one message with one picture.
 *
 * @returns the kills that happened; a point that is not reached that often kills nobody.
 */
export async function survive(kills: readonly Kill[], random: () => number): Promise<Kill[]> {
  const at = await openAtelier();
  await writeTinyModel(join(at.dataDir, 'models', 'tiny'));
  const rows = () => readRows(at.dataDir);
  const acknowledged: string[] = [];
  const happened: Kill[] = [];

  /** Asks for a picture; resolves when answered, or when there is nobody to answer. */
  async function ask(bot: BotProcess, longer: number): Promise<void> {
    const user = random() < 0.5 ? at.ada : at.bob;
    const steps = Math.min(MOST_STEPS, longer * (30 + Math.floor(random() * 60)));
    const asking = at.imagine(user, 'a red apple', { steps }).then(
      ({ kind, ephemeral, interactionId }) => {
        if (kind === 'message' && !ephemeral) acknowledged.push(interactionId);
      },
      () => undefined,
    );
    await Promise.race([asking, bot.gone]);
  }

  /** Asks for another by reaction, if there is a picture to react to and nothing forbids it. */
  async function react(bot: BotProcess): Promise<void> {
    const message = at.pictures().find(({ reactions }) => reactions.size === 2);
    if (!message || !rows().every(isOver)) return;
    const before = rows().length;
    at.discord.react({ user: at.mod, message, emoji: '🔁' });
    while (!bot.isGone() && rows().length === before) await sleep(POLL_MS);
    at.discord.unreact({ user: at.mod, message, emoji: '🔁' });
  }

  const isOver = ({ state, announced }: Row) =>
    ['done', 'failed', 'cancelled'].includes(state) && announced === 1;

  /** @returns whether the kill happened. */
  async function live(kill: Kill | undefined, life = 0): Promise<boolean> {
    const bot = startBotProcess(at, kill);
    if (await bot.ready) {
      if (random() < 0.4) await react(bot);
      for (let asked = 0; asked <= life && !bot.isGone(); asked++) await ask(bot, 4 ** life);
    }
    while (!bot.isGone() && !rows().every(isOver)) await sleep(POLL_MS);
    await bot.stop();
    return bot.wasKilled();
  }

  for (const kill of kills) {
    // A quick painting may be over before its third frame is shown: then a longer one is asked for.
    for (let life = 0; life < LIVES; life++) {
      if (!(await live(kill, life))) continue;
      happened.push(kill);
      break;
    }
  }
  await live(undefined);

  await noPainterLeft(at.dataDir);
  const story = kills.map(formatKill).join(' ');
  const ended = rows();
  expect(
    ended.map(({ state, reason }) => reason ?? state),
    story,
  ).toEqual(ended.map(() => 'done'));
  expect(
    acknowledged.filter((id) => !ended.some((row) => row.cause_id === id)),
    story,
  ).toEqual([]);
  const shown = at
    .pictures()
    .map(({ body }) => /v1:(\w+):(\w+)/.exec(JSON.stringify(body.components))?.slice(1));
  expect(shown.sort(), story).toEqual(ended.map(({ id }) => ['again', id]).sort());
  for (const message of at.pictures()) expect(await shadeOf(message), story).toBeDefined();
  // Nothing was posted and taken away again either.
  expect(
    at.discord.requests.filter(({ route }) => route.startsWith('DELETE /channels')),
    story,
  ).toEqual([]);
  return happened;
}
