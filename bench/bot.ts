/**
 * How the bot answers while its painter uses every core, and how it carries a long line: `npm run bench:bot`.
 *
 * The stand-in for Discord runs in a process of its own with validation and rate limits off; the bot is the built program
 * in another, its painter in a third. See docs/performance.md for what the lines mean.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import type { OutcomeReport } from '../src/playground/control.js';
import { forkDiscord } from '../src/playground/fork.js';
import { type BenchedBot, startBenchedBot } from './bot/bot-process.js';
import { summarise } from './bot/summary.js';

const positive = (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Expected a positive integer.');
  return value;
};

const { burst, seconds, jobs, probes } = new Command('bench:bot')
  .option('--burst <n>', 'commands typed while the painter works', positive, 200)
  .option('--seconds <n>', 'the time in which they are typed', positive, 10)
  .option('--jobs <n>', 'pictures in line', positive, 10_000)
  .option('--probes <n>', 'times a job is enqueued, asked for and removed', positive, 300)
  .parse()
  .opts<Readonly<Record<'burst' | 'seconds' | 'jobs' | 'probes', number>>>();

const CHANNELS = 10;
const USERS = 100;
const TYPING_AT_ONCE = 8;
/** After this Discord tells the person that the application did not respond. */
const ACKNOWLEDGE_WITHIN_MS = 3000;
/** What was thrown away while filling the line is collected when the bot has nothing else to do. */
const SETTLE_MS = 30_000;

let unanswered = 0;

const dataDir = mkdtempSync(join(tmpdir(), 'easel-bench-'));
const discord = await forkDiscord({ validate: false, rateLimits: false });
const environment = {
  DISCORD_TOKEN: discord.token,
  DISCORD_API_URL: discord.restUrl,
  DATA_DIR: dataDir,
  LOG_LEVEL: 'error',
  MAX_STEPS: '2000',
  MAX_QUEUED_PER_USER: '100000',
  MAX_PER_MINUTE: '100000',
  MAX_QUEUED_PER_SERVER: '100000',
  MAX_QUEUED: '100000',
};
const make = async (path: string, body: object) => (await discord.control<{ id: string }>(path, body)).id;
const guild = await make('/guilds', { name: 'Bench' });
const several = (count: number, one: (index: number) => Promise<string>) =>
  Promise.all(Array.from({ length: count }, (_, index) => one(index)));
const channels = await several(CHANNELS, (index) => make('/channels', { guild, name: `channel-${index}` }));
const users = await several(USERS, (index) => make('/users', { name: `User ${index}`, guilds: [guild] }));

/**
 * Types a command as one of the people in one of the channels.
 *
 * @returns how long its acknowledgement took, ms; as long as Discord waits where none came.
 */
async function type(
  index: number,
  name = 'imagine',
  options: object = { prompt: 'a red apple', steps: 2000 },
) {
  const person = { user: users[index % USERS], channel: channels[index % CHANNELS] };
  try {
    const outcome = await discord.control<OutcomeReport>('/slash', { ...person, name, options });
    const { kind, ephemeral, afterMs } = outcome;
    if (kind !== 'message' || (ephemeral && name === 'imagine')) throw new Error('Expected to be accepted.');
    return afterMs;
  } catch (error) {
    if (!String(error).includes('did not respond')) throw error;
    unanswered += 1;
    return ACKNOWLEDGE_WITHIN_MS;
  }
}

async function untilPainting(bot: BenchedBot): Promise<void> {
  for (;;) {
    await sleep(200);
    if ((await bot.ask({ type: 'measured' }, 'measured')).waiting === 0) break;
  }
  // Models are read and graphs built by then; from here on it is steps.
  await sleep(10_000);
}

const lines: [what: string, measured: string, bar: string][] = [];
const ms = (value: number) => `${value < 10 ? value.toFixed(2) : Math.round(value)} ms`;
const mb = (value: number) => `${Math.round(value)} MB`;
const note = (text: string) => process.stderr.write(`${text} …\n`);

try {
  note('starting');
  const bot = await startBenchedBot(environment);
  await type(0);
  await untilPainting(bot);

  note(`${burst} commands in ${seconds} s`);
  bot.tell({ type: 'measure' });
  const answers = Array.from({ length: burst }, async (_, index) => {
    await sleep((index * seconds * 1000) / burst);
    return type(index);
  });
  const acknowledged = summarise(await Promise.all(answers));
  const busy = await bot.ask({ type: 'measured' }, 'measured');
  const title = `${burst} /imagine in ${seconds} s, painter on every core`;
  lines.push([`${title}: acknowledged, median`, ms(acknowledged.p50), '']);
  lines.push([`${title}: acknowledged, p99`, ms(acknowledged.p99), '500 ms']);
  lines.push([`${title}: not acknowledged in time`, String(unanswered), '0']);
  lines.push(['event-loop delay meanwhile, p99', ms(busy.delay.p99), '50 ms']);
  lines.push(['memory of the bot afterwards', mb(busy.rssMb), '250 MB']);

  note(`filling the line to ${jobs}`);
  let typed = busy.waiting;
  const fill = async () => {
    while (typed < jobs) await type(typed++);
  };
  await Promise.all(Array.from({ length: TYPING_AT_ONCE }, fill));
  const full = await bot.ask({ type: 'measured' }, 'measured');

  note(`probing with ${full.waiting} in line`);
  const probed = await bot.ask({ type: 'probe', times: probes }, 'probed');
  for (const what of ['enqueue', 'position', 'remove'] as const) {
    const { p50, p99 } = probed[what];
    lines.push([`${full.waiting} in line: ${what}, median / p99`, `${ms(p50)} / ${ms(p99)}`, '5 ms']);
  }
  lines.push([`${full.waiting} in line: /queue answered`, ms(await type(0, 'queue', {})), '']);
  lines.push([`${full.waiting} in line: memory of the bot, just filled`, mb(full.rssMb), '250 MB']);
  await sleep(SETTLE_MS);
  const settled = await bot.ask({ type: 'measured' }, 'measured');
  lines.push([`${full.waiting} in line: half a minute later`, mb(settled.rssMb), '250 MB']);
  await bot.stop();

  note('starting again');
  const again = await startBenchedBot(environment);
  const restored = await again.ask({ type: 'measured' }, 'measured');
  lines.push([`restart with ${restored.waiting} in line: online after`, ms(again.onlineMs), '3000 ms']);
  lines.push(['of that, after the program was loaded', ms(again.startMs), '']);
  lines.push(['memory of the bot afterwards', mb(restored.rssMb), '250 MB']);
  await again.stop();
} finally {
  await discord.close();
  rmSync(dataDir, { recursive: true, force: true });
}

const [{ model = 'unknown processor' } = {}] = cpus();
process.stdout.write(`${model}, ${availableParallelism()} cores, Node ${process.version}\n\n`);
process.stdout.write('| what | measured | bar |\n|---|---|---|\n');
for (const line of lines) process.stdout.write(`| ${line.join(' | ')} |\n`);
