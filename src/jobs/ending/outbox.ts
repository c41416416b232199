import type { Job, MessageRef } from '../../contracts/job.js';
import type { EncodedPicture } from '../../contracts/picture.js';
import { type Refusal, refused } from '../../contracts/refusal.js';
import { UserError } from '../../errors.js';
import { findJob, moveJob, noteJob } from '../../ledger/jobs.js';
import { insertMessage } from '../../ledger/messages.js';
import type { Ledger } from '../../ledger/open-ledger.js';
import type { Logger } from '../../log.js';
import type { Store } from '../../store/store.js';
import type { Publisher } from '../api.js';
import type { PatientClock } from '../../clock.js';
import type { CrashHook } from '../crash-points.js';
import type { Listeners } from '../listeners.js';
import { persist } from '../keeping/persist.js';
import { pictureOf } from './picture-of.js';
import { refusalOf } from './refusal-of.js';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const PATIENCE_MS = 24 * 60 * 60 * 1_000;

export interface OutboxOptions {
  readonly ledger: Ledger;
  readonly store: Store;
  readonly clock: PatientClock;
  readonly log: Logger;
  readonly listeners: Listeners;
  readonly crashPoint: CrashHook;
  /** Aborts every delivery under way; their rows bring them back after the restart. */
  readonly stopping: AbortSignal;
}

interface Delivery {
  readonly settled: Promise<void>;
  readonly callOff: AbortController;
}

/**
 * Shows the ends of jobs to people, each until it worked: the row says that an end is to be shown, the publisher shows
 * it (harmlessly again, should we die in between), and only then the row says that it was.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  #publisher: Publisher | undefined;
  /** The newest delivery of each job that has one under way. */
  readonly #deliveries = new Map<string, Delivery>();

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  open(publisher: Publisher): void {
    this.#publisher = publisher;
  }

  /**
   * Begins to show a job's end; a job that is `finishing` becomes `done` by it. The end of a job that was cancelled
   * while finishing is shown after, or instead of, its picture.
   */
  send(job: Job): void {
    const publisher = this.#publisher;
    if (publisher === undefined) throw new Error('Expected the outbox to be open.');
    const { log, stopping } = this.#options;
    const before = this.#deliveries.get(job.id);
    before?.callOff.abort();
    const callOff = new AbortController();
    const signal = AbortSignal.any([stopping, callOff.signal]);
    const settled = Promise.resolve(before?.settled)
      .then(() => this.#deliver(job, publisher, signal))
      .catch((error: unknown) => {
        if (!signal.aborted) log.error({ err: error, job: job.id }, 'an end could not be recorded');
      })
      .finally(() => {
        if (this.#deliveries.get(job.id) === delivery) this.#deliveries.delete(job.id);
      });
    const delivery = { settled, callOff };
    this.#deliveries.set(job.id, delivery);
  }

  /** Gives up showing a job's end: its message is not wanted. */
  callOff(id: string): void {
    this.#deliveries.get(id)?.callOff.abort();
  }

  /** Resolves once no delivery is under way. */
  async settled(): Promise<void> {
    await Promise.all([...this.#deliveries.values()].map(({ settled }) => settled));
  }

  async #deliver(job: Job, publisher: Publisher, signal: AbortSignal): Promise<void> {
    const { clock, log, ledger } = this.#options;
    const giveUpAt = clock.monotonic() + PATIENCE_MS;
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      let message: MessageRef;
      try {
        const current = await findJob(ledger, job.id);
        // Cancelled meanwhile: that end has a delivery of its own.
        if (current?.state !== job.state) return;
        message = await publisher.publish({ job: current, picture: await this.#picture(current) }, signal);
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof UserError) return this.#giveUp(job, refusalOf(error));
        log.warn({ err: error, job: job.id, attempt }, 'showing an end failed');
        if (clock.monotonic() >= giveUpAt) {
          return this.#giveUp(job, { kind: 'discordAway' });
        }
        await clock.sleep(Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS), signal);
        continue;
      }
      return this.#record(job, message);
    }
  }

  /** The picture of a finishing job; other ends have none. */
  async #picture(job: Job): Promise<EncodedPicture | null> {
    if (job.state !== 'finishing') return null;
    const picture = await pictureOf(this.#options.store, job);
    if (picture === undefined) throw refused('pictureLost');
    return picture;
  }

  async #record(job: Job, message: MessageRef): Promise<void> {
    const { ledger, clock, listeners, crashPoint } = this.#options;
    const shown = await persist(this.#options, () =>
      ledger.transaction().execute(async (transaction) => {
        await insertMessage(transaction, job.id, message);
        const end = { to: 'done', endedAt: clock.now(), announced: true } as const;
        return job.state === 'finishing'
          ? moveJob(transaction, job.id, end)
          : noteJob(transaction, job.id, { states: [job.state], note: { announced: true } });
      }),
    );
    crashPoint('final-recorded', job.id);
    if (shown?.state === 'done') listeners.emit({ type: 'state', job: shown, from: 'finishing' });
  }

  /**
   * This end can never be shown. Of a picture people are then told why it is not there, as an end of its own; of that
   * nobody can be told anything more.
   */
  async #giveUp(job: Job, reason: Refusal): Promise<void> {
    const { ledger, clock, listeners, log, crashPoint } = this.#options;
    log.error({ job: job.id, reason }, 'an end can never be shown');
    if (job.state !== 'finishing') {
      const note = { announced: true } as const;
      await persist(this.#options, () => noteJob(ledger, job.id, { states: [job.state], note }));
      return;
    }
    const end = { to: 'failed', reason, endedAt: clock.now(), announced: false } as const;
    const failed = await persist(this.#options, () => moveJob(ledger, job.id, end));
    if (failed === undefined) return;
    listeners.emit({ type: 'state', job: failed, from: 'finishing' });
    crashPoint('final-refused', job.id);
    this.send(failed);
  }
}
