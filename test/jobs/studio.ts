import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { MessageRef } from '../../src/contracts/job.js';
import type { Actor, JobEnd, JobEvent, JobOrder, Publisher } from '../../src/jobs/api.js';
import type { PatientClock } from '../../src/clock.js';
import { createJobs, type JobsOptions } from '../../src/jobs/create-jobs.js';
import { type Ledger, openLedger } from '../../src/ledger/open-ledger.js';
import { createLog } from '../../src/log.js';
import { Store } from '../../src/store/store.js';
import { paintRequest, temporaryFolder } from '../ledger/fixtures.js';
import { ScriptedPainter } from './scripted-painter.js';

/** A clock that stands until it is moved. */
export class HeldClock implements PatientClock {
  time = 1_000_000;
  readonly #sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();

  now(): number {
    return this.time;
  }

  monotonic(): number {
    return this.time;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const sleeper = { at: this.time + ms, wake: resolve };
      this.#sleepers.add(sleeper);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  }

  get sleeping(): number {
    return this.#sleepers.size;
  }

  advance(ms: number): void {
    this.time += ms;
    for (const sleeper of this.#sleepers) {
      if (sleeper.at > this.time) continue;
      this.#sleepers.delete(sleeper);
      sleeper.wake();
    }
  }
}

/** A publisher that keeps what it was given and answers with one message a job. */
export class RecordingPublisher implements Publisher {
  readonly ends: JobEnd[] = [];
  /** Thrown by the next calls, first to last. */
  readonly troubles: unknown[] = [];

  async publish(end: JobEnd): Promise<MessageRef> {
    this.ends.push(end);
    const trouble = this.troubles.shift();
    if (trouble !== undefined) throw trouble;
    return { channelId: end.job.channelId, messageId: `message of ${end.job.id}`, createdAt: 1 };
  }

  statesOf(id: string): string[] {
    return this.ends.filter(({ job }) => job.id === id).map(({ job }) => job.state);
  }
}

export interface Folder {
  readonly path: string;
  readonly ledger: Ledger;
}

export async function openFolder(): Promise<Folder> {
  const path = temporaryFolder();
  const ledger = await openLedger(join(path, 'ledger.db'));
  onTestFinished(() => ledger.destroy());
  return { path, ledger };
}

interface StudioOptions extends Partial<Omit<JobsOptions, 'painters'>> {
  readonly folder?: Folder;
  readonly painters?: readonly ScriptedPainter[];
}

/** Jobs with scripted painters, a recording publisher, and a clock that stands. */
export async function openStudio({
  folder,
  painters = [new ScriptedPainter()],
  ...more
}: StudioOptions = {}) {
  const { path, ledger } = folder ?? (await openFolder());
  const store = more.store ?? (await Store.open({ folder: join(path, 'store') }));
  const clock = new HeldClock();
  const log = createLog({ level: process.env['EASEL_TEST_LOG'] ?? 'silent' });
  const limits = { perMinute: 1000, ...more.limits };
  const jobs = await createJobs({ ledger, store, painters, log, clock, ...more, limits });
  const publisher = new RecordingPublisher();
  const events: JobEvent[] = [];
  jobs.on((event) => events.push(event));
  const start = () => jobs.start(publisher);
  onTestFinished(() => jobs.stop());
  /** The states a job was seen to enter. */
  const statesOf = (id: string) =>
    events.flatMap((event) => (event.type === 'state' && event.job.id === id ? [event.job.state] : []));
  const [painter = new ScriptedPainter()] = painters;
  return { jobs, start, ledger, store, clock, painters, painter, publisher, events, statesOf, path };
}

let orders = 0;

export function order(fields: Partial<JobOrder> = {}): JobOrder {
  orders += 1;
  return {
    causeId: `interaction ${orders}`,
    userId: 'ann',
    guildId: 'guild',
    channelId: 'channel',
    locale: 'en-GB',
    request: paintRequest({ seed: orders }),
    ...fields,
  };
}

export const ann: Actor = { userId: 'ann', guildId: 'guild', role: 'member' };
export const bob: Actor = { userId: 'bob', guildId: 'guild', role: 'member' };
export const moderator: Actor = { userId: 'mod', guildId: 'guild', role: 'moderator' };
export const operator: Actor = { userId: 'op', guildId: null, role: 'operator' };

/** Waits, without a clock, until something holds that follows from what is under way. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const from = performance.now();
  while (!(await holds())) {
    if (performance.now() - from > 60_000) throw new Error(`Expected it to come true: ${holds.toString()}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
