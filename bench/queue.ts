import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { paintRequestSchema } from '../src/requests/paint-request.js';
import { jobChoices, livingChoices } from '../src/discord/asking/job-choices.js';
import type { JobOrder, Publisher } from '../src/jobs/api.js';
import { createJobs } from '../src/jobs/create-jobs.js';
import { stepKind } from '../src/jobs/line/step-clock.js';
import { openLedger } from '../src/ledger/open-ledger.js';
import { setStepTime } from '../src/ledger/step-times.js';
import { createLog } from '../src/log.js';
import { Store } from '../src/store/store.js';

// The line and its ledger with many waiting jobs: what one enqueue, one look at a place and one removal cost, and how
// long a restart takes. `npx tsx bench/queue.ts [jobs] [users]`; every commit is synced to the disk of the temporary
// folder, or of the one TMPDIR names.

const jobCount = Number(process.argv[2] ?? 10_000);
const userCount = Number(process.argv[3] ?? 1_000);
const SAMPLES = 200;

const request = paintRequestSchema.parse({
  version: 1,
  prompts: [{ text: 'a lighthouse in a storm, oil on canvas, heavy clouds' }],
  model: 'pocket',
  width: 256,
  height: 256,
  steps: 100,
  seed: 7,
  start: 'prior',
  cutouts: 16,
  frames: { everyMs: 2500 },
  upscale: 2,
});

const publisher: Publisher = {
  publish: async ({ job }) => ({ channelId: job.channelId, messageId: job.id, createdAt: Date.now() }),
};

function orderNumber(n: number): JobOrder {
  return {
    causeId: `interaction ${n}`,
    userId: `user ${n % userCount}`,
    guildId: `guild ${n % 50}`,
    channelId: 'channel',
    locale: 'en-GB',
    request,
  };
}

/** What one took each time, in milliseconds: by the clock, and of processors. */
interface Measured {
  readonly ms: readonly number[];
  readonly cpuMs: readonly number[];
}

interface Row extends Measured {
  readonly what: string;
}

async function timed(act: (round: number) => unknown, rounds: number): Promise<Measured> {
  const ms: number[] = [];
  const cpuMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const [from, before] = [performance.now(), process.cpuUsage()];
    await act(round);
    ms.push(performance.now() - from);
    const { user, system } = process.cpuUsage(before);
    cpuMs.push((user + system) / 1000);
  }
  return { ms, cpuMs };
}

function quantile(ms: readonly number[], share: number): string {
  const sorted = [...ms].sort((a, b) => a - b);
  return (sorted[Math.ceil(share * sorted.length) - 1] ?? 0).toFixed(2);
}

async function openJobs(folder: string) {
  const ledger = await openLedger(join(folder, 'ledger.db'));
  const store = await Store.open({ folder: join(folder, 'store') });
  const limits = {
    waiting: Number.MAX_SAFE_INTEGER,
    waitingPerUser: Number.MAX_SAFE_INTEGER,
    waitingPerServer: Number.MAX_SAFE_INTEGER,
    perMinute: Number.MAX_SAFE_INTEGER,
    perDay: Number.MAX_SAFE_INTEGER,
  };
  await setStepTime(ledger, stepKind(request), 120);
  // No painters: everybody waits.
  const jobs = await createJobs({ ledger, store, painters: [], log: createLog({ level: 'warn' }), limits });
  await jobs.start(publisher);
  const close = async () => {
    await jobs.stop();
    await ledger.destroy();
  };
  return { jobs, close };
}

async function main(folder: string): Promise<void> {
  const first = await openJobs(folder);
  const ids: string[] = [];
  const accept = async (n: number) => {
    ids.push((await first.jobs.accept(orderNumber(n))).id);
  };
  const filled = await timed(accept, jobCount);
  const random = (round: number) => ids[(round * 7919) % ids.length] ?? '';
  const actor = { userId: 'operator', guildId: null, role: 'operator' } as const;
  const rows: Row[] = [
    { what: 'enqueue, committed', ...(await timed((round) => accept(jobCount + round), SAMPLES)) },
    {
      what: 'position and start time',
      ...(await timed((round) => first.jobs.position(random(round)), SAMPLES)),
    },
    {
      what: 'autocomplete of a server’s pictures, first key',
      ...(await timed((round) => jobChoices(first.jobs, `guild ${round % 50}`, ''), SAMPLES)),
    },
    {
      what: 'autocomplete, words nobody has',
      ...(await timed((round) => jobChoices(first.jobs, `guild ${round % 50}`, 'xyz'), SAMPLES)),
    },
    {
      what: 'autocomplete of one’s own',
      ...(await timed((round) => livingChoices(first.jobs, `user ${round % userCount}`, 'a'), SAMPLES)),
    },
    { what: 'snapshot, first 10', ...(await timed(() => first.jobs.snapshot({ limit: 10 }), SAMPLES)) },
    {
      what: 'remove, committed, audited',
      ...(await timed((round) => first.jobs.remove(random(round), actor), SAMPLES)),
    },
  ];
  await first.close();
  const restarts = await timed(async () => {
    const again = await openJobs(folder);
    const { waitingTotal } = again.jobs.snapshot({ limit: 1 });
    if (waitingTotal !== jobCount) throw new Error(`Expected ${jobCount} jobs again, got ${waitingTotal}.`);
    await again.close();
  }, 3);
  rows.push({ what: `restart with ${jobCount} waiting`, ...restarts });

  const total = (filled.ms.reduce((sum, ms) => sum + ms, 0) / 1000).toFixed(1);
  console.log(`${jobCount} jobs of ${userCount} people, accepted one after the other in ${total} s.`);
  console.log(`${cpus()[0]?.model.trim()}, Node ${process.versions.node}, resident ${residentMb()} MB.\n`);
  console.log('| one … | median ms | p99 ms | of processors, median ms |\n|---|---:|---:|---:|');
  for (const { what, ms, cpuMs } of rows) {
    const cells = [quantile(ms, 0.5), quantile(ms, 0.99), quantile(cpuMs, 0.5)];
    console.log(`| ${what} | ${cells.join(' | ')} |`);
  }
}

function residentMb(): number {
  return Math.round(process.memoryUsage.rss() / 2 ** 20);
}

const folder = mkdtempSync(join(tmpdir(), 'easel-bench-'));
try {
  await main(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
