/**
 * The bot as a child of the benchmark, from the built program (in the folder given) as `npm start` runs it, with ears for the
 * benchmark's questions about itself.
 */
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { keepHeapSmall } from '../../src/keep-heap-small.js';
import { createLog } from '../../src/log.js';
import { type Summary, summarise } from './summary.js';

export type Question =
  | { readonly type: 'measure' }
  | { readonly type: 'measured' }
  | { readonly type: 'probe'; readonly times: number };

export interface Measured {
  readonly type: 'measured';
  /** How much later than due a timer ran, ms. */
  readonly delay: Summary;
  readonly rssMb: number;
  readonly waiting: number;
}

export interface Probed {
  readonly type: 'probed';
  readonly enqueue: Summary;
  readonly position: Summary;
  readonly remove: Summary;
}

export type Answer = { readonly type: 'ready'; readonly startMs: number } | Measured | Probed;

const RESOLUTION_MS = 1;
const MB = 2 ** 20;

keepHeapSmall();
const [, , root = ''] = process.argv;
const built = pathToFileURL(join(root, 'dist', 'src', '/'));
const { startBot } = (await import(`${built}bot.js`)) as typeof import('../../src/bot.js');
const { readConfig } = (await import(`${built}config.js`)) as typeof import('../../src/config.js');

const begun = performance.now();
const config = readConfig(process.env);
const log = createLog({ level: config.logLevel });
const bot = await startBot({ config, log, onExpelled: (error) => log.error(error) });
const say = (answer: Answer) => process.send?.(answer);
say({ type: 'ready', startMs: performance.now() - begun });

const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
process.on('message', async (question: Question) => {
  if (question.type === 'measure') {
    delay.reset();
    delay.enable();
  } else if (question.type === 'measured') {
    delay.disable();
    // The histogram holds whole intervals, the timer's own included.
    const at = (percentile: number) => Math.max(0, delay.percentile(percentile) / 1e6 - RESOLUTION_MS);
    say({
      type: 'measured',
      delay: { p50: at(50), p99: at(99), max: Math.max(0, delay.max / 1e6 - RESOLUTION_MS) },
      rssMb: process.memoryUsage.rss() / MB,
      waiting: bot.jobs.snapshot({ limit: 0 }).waitingTotal,
    });
  } else {
    say(await probe(question.times));
  }
});
for (const end of ['SIGTERM', 'disconnect']) process.once(end, () => bot.stop().then(() => process.exit(0)));

/** Enqueues a job like the last in line, asks for its place and removes it, time and again. */
async function probe(times: number): Promise<Probed> {
  const { jobs } = bot;
  const [last] = jobs.snapshot({ limit: 1 }).waiting;
  if (!last) throw new Error('Expected somebody in line.');
  const { userId, guildId, channelId, locale, request } = last.job;
  const operator = { userId: 'bench', guildId: null, role: 'operator' } as const;
  const taken = { enqueue: [] as number[], position: [] as number[], remove: [] as number[] };
  for (let time = 0; time < times; time++) {
    const causeId = `probe:${process.pid}:${time}`;
    const start = performance.now();
    const { id } = await jobs.accept({ causeId, userId, guildId, channelId, locale, request });
    const accepted = performance.now();
    const place = jobs.position(id);
    const placed = performance.now();
    await jobs.remove(id, operator);
    const removed = performance.now();
    if (!place) throw new Error('Expected a place in line.');
    taken.enqueue.push(accepted - start);
    taken.position.push(placed - accepted);
    taken.remove.push(removed - placed);
  }
  return {
    type: 'probed',
    enqueue: summarise(taken.enqueue),
    position: summarise(taken.position),
    remove: summarise(taken.remove),
  };
}
