import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Locale } from 'discord.js';
import sharp from 'sharp';
import { expect, onTestFinished, vi } from 'vitest';
import { type Bot, startBot } from '../../src/bot.js';
import { readConfig } from '../../src/config.js';
import type { EncodedPicture } from '../../src/contracts/picture.js';
import { createLog } from '../../src/log.js';
import { createDiscord } from '../../src/playground/discord.js';
import type { Slash } from '../../src/playground/person/slash.js';
import type { Message } from '../../src/playground/world/message.js';
import type { User } from '../../src/playground/world/places.js';
import { ScriptedPainter, type ScriptedPainting } from '../jobs/scripted-painter.js';
import { jumpingClock } from './jumping-clock.js';

/** Milliseconds between edits: short, so that tests need not wait. */
const EDIT_INTERVAL_MS = 25;
/** How long something may take on the slowest machine: nothing hangs on it but the time of a failure. */
export const PATIENCE_MS = 60_000;

export interface AtelierOptions {
  /** Of the server. */
  readonly locale?: Locale;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface OpenOptions {
  /** Painter processes instead of the scripted painter. */
  readonly realPainters?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  readonly onExpelled?: (error: Error) => void;
}

/** A server with one channel and four people, and the whole bot, its painters apart, against the stand-in. */
export async function openAtelier({ environment = {}, locale = Locale.EnglishUS }: AtelierOptions = {}) {
  const clock = jumpingClock();
  /** The machine's, which may be set apart from Discord's. */
  const botClock = jumpingClock();
  const jump = clock.jump;
  clock.jump = (ms) => {
    jump(ms);
    botClock.jump(ms);
  };
  const discord = await createDiscord({ clock, rateLimits: false });
  const guild = discord.addGuild({ name: 'Atelier', locale });
  const channel = discord.addChannel({ guild, name: 'pictures' });
  const ada = discord.addUser({ name: 'Ada', guilds: [guild] });
  const bob = discord.addUser({ name: 'Bob', guilds: [guild] });
  const mod = discord.addUser({
    name: 'Mod',
    guilds: [guild],
    permissions: ['ManageGuild', 'ManageMessages'],
  });
  const operator = discord.addUser({ name: 'Op', guilds: [guild] });
  const dataDir = mkdtempSync(join(tmpdir(), 'easel-bot-'));
  const running = new Set<Bot>();

  onTestFinished(async () => {
    for (const bot of running) await bot.stop();
    rmSync(dataDir, { recursive: true, force: true });
    await discord.close();
    expect(discord.violations.filter(({ refusal }) => refusal.status === 400)).toEqual([]);
  });

  /** Starts the bot, again after a stop, with a painter in the test's hands, or with real ones. */
  async function open({
    realPainters = false,
    environment: more = {},
    onExpelled = () => {},
  }: OpenOptions = {}) {
    const painter = new ScriptedPainter();
    const config = readConfig({
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.restUrl,
      DATA_DIR: dataDir,
      OPERATORS: operator.id,
      MAX_PER_MINUTE: '1000',
      ...environment,
      ...more,
    });
    const bot = await startBot({
      config: { ...config, discord: { ...config.discord, editIntervalMs: EDIT_INTERVAL_MS } },
      log: createLog({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent' }),
      ...(realPainters ? {} : { painters: [painter] }),
      onExpelled,
      clock: botClock,
    });
    running.add(bot);
    const stop = async () => {
      running.delete(bot);
      await bot.stop();
    };
    return { bot, painter, stop };
  }

  const imagine = (user: User, prompt: string, options: Slash['options'] = {}) =>
    discord.slash({ user, channel, name: 'imagine', options: { prompt, ...options } });

  /** The messages of the bot in the channel, oldest first. */
  const pictures = () =>
    discord.read({ channel }).filter(({ author }) => author.id === discord.application.id);

  return {
    clock,
    botClock,
    discord,
    guild,
    channel,
    ada,
    bob,
    mod,
    operator,
    dataDir,
    open,
    imagine,
    pictures,
  };
}

export type Atelier = Awaited<ReturnType<typeof openAtelier>>;

/** A plain picture, a real file, whose colour tells pictures apart. */
export async function plainPicture(shade: number): Promise<EncodedPicture> {
  const image = sharp({
    create: { width: 64, height: 64, channels: 3, background: { r: shade, g: 0, b: 0 } },
  });
  return { format: 'png', width: 64, height: 64, bytes: await image.png().toBuffer() };
}

/** Carries a painting to a step with a frame; over several steps without a pause in between. */
export async function paintFrame({ task }: ScriptedPainting, ...path: readonly number[]): Promise<void> {
  const { steps } = task.request;
  const pictures = await Promise.all(path.map(plainPicture));
  for (const [index, picture] of pictures.entries()) {
    const step = path[index] ?? 0;
    task.onProgress({ type: 'step', step, steps, loss: 1 / step, ms: 100 });
    task.onProgress({ type: 'frame', step, picture });
  }
}

export async function finishPainting({ task, end }: ScriptedPainting, shade = 255): Promise<void> {
  const { steps } = task.request;
  const picture = await plainPicture(shade);
  end({ type: 'done', picture, step: steps, loss: 0.25, seconds: 2, ended: 'finished' });
}

/** The red of a message's only picture; undefined when it has none. */
export async function shadeOf({ body }: Message): Promise<number | undefined> {
  expect(body.attachments.length).toBeLessThanOrEqual(1);
  const [file] = body.attachments;
  if (!file) return undefined;
  const { channels } = await sharp(file.bytes).stats();
  return Math.round(channels[0]?.mean ?? Number.NaN);
}

export function buttonOf({ body }: Message, verb: string): string {
  const text = JSON.stringify(body.components);
  const [id] = new RegExp(`v1:${verb}:[0-9a-z]{16}`).exec(text) ?? [];
  if (id === undefined) throw new Error(`Expected a button ${verb}, got ${text}.`);
  return id;
}

/** The picture is shown a moment before its row says so; until then ❌ has nothing to delete. */
export async function untilDone({ jobs }: Bot, message: Message | undefined): Promise<void> {
  await eventually(() => message?.reactions.size === 2);
  await vi.waitFor(async () => expect((await jobs.findByMessage(message?.id ?? ''))?.state).toBe('done'), {
    timeout: PATIENCE_MS,
    interval: 5,
  });
}

/** Resolves with the first value of a check that is neither undefined nor false. */
export function eventually<T>(check: () => T | undefined | false): Promise<T> {
  return vi.waitFor(
    () => {
      const value = check();
      if (value === undefined || value === false) throw new Error(`Expected it to come to ${check}.`);
      return value;
    },
    { timeout: PATIENCE_MS, interval: 5 },
  );
}
