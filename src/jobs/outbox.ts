import type { Job, MessageRef } from '../contracts/job.js';
import type { EncodedPicture } from '../contracts/picture.js';
import { UserError } from '../errors.js';
import { findJob, moveJob, noteJob } from '../ledger/jobs.js';
import { insertMessage } from '../ledger/messages.js';
import type { Ledger } from '../ledger/open-ledger.js';
import type { Logger } from '../log.js';
import type { Store } from '../store/store.js';
import type { Publisher } from './api.js';
import type { Clock } from './clock.js';
import type { CrashHook } from './crash-points.js';
import type { Listeners } from './listeners.js';
import { persist } from './persist.js';
import { pictureOf } from './picture-of.js';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const PATIENCE_MS = 24 * 60 * 60 * 1_000;

export interface OutboxOptions {
  readonly ledger: Ledger;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly listeners: Listeners;
  readonly crashPoint: CrashHook;
  /** Aborts every delivery under way; their rows bring them back after the restart. */
  readonly stopping: AbortSignal;
}

/**
 * Shows the ends of jobs to people, each until it worked: the row says that an end is to be shown, the publisher shows
 * it (harmlessly again, should we die in between), and only then the row says that it was.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  #publisher: Publisher | undefined;
  /** Deliveries under way, by job. */
  readonly #deliveries = new Map<string, Promise<void>>();

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  open(publisher: Publisher): void {
    this.#publisher = publisher;
  }

  /** Begins to show a job's end; a job that is `finishing` becomes `done` by it. */
  send(job: Job): void {
    const publisher = this.#publisher;
    if (publisher === undefined) throw new Error('Expected the outbox to be open.');
    if (this.#deliveries.has(job.id)) return;
    const { log, stopping } = this.#options;
    const delivery = this.#deliver(job, publisher)
      .catch((error: unknown) => {
        if (!stopping.aborted) log.error({ err: error, job: job.id }, 'an end could not be recorded');
      })
      .finally(() => this.#deliveries.delete(job.id));
    this.#deliveries.set(job.id, delivery);
  }

  /** Resolves once no delivery is under way. */
  async settled(): Promise<void> {
    await Promise.all(this.#deliveries.values());
  }

  async #deliver(job: Job, publisher: Publisher): Promise<void> {
    const { clock, log, stopping, ledger } = this.#options;
    const giveUpAt = clock.now() + PATIENCE_MS;
    for (let attempt = 0; !stopping.aborted; attempt += 1) {
      let message: MessageRef;
      try {
        const current = (await findJob(ledger, job.id)) ?? job;
        message = await publisher.publish({ job: current, picture: await this.#picture(current) }, stopping);
      } catch (error) {
        if (stopping.aborted) return;
        if (error instanceof UserError) return this.#giveUp(job, error.message);
        log.warn({ err: error, job: job.id, attempt }, 'showing an end failed');
        if (clock.now() >= giveUpAt) return this.#giveUp(job, 'Discord could not be reached for a day.');
        await clock.sleep(Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS), stopping);
        continue;
      }
      return this.#record(job, message);
    }
  }

  /** The picture of a finishing job; other ends have none. */
  async #picture(job: Job): Promise<EncodedPicture | null> {
    if (job.state !== 'finishing') return null;
    const picture = await pictureOf(this.#options.store, job);
    if (picture === undefined) throw new UserError('The finished picture was lost on the bot’s disk.');
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

  /** Nobody can be shown this end: a finishing job fails, others stay as they ended. */
  async #giveUp(job: Job, reason: string): Promise<void> {
    const { ledger, clock, listeners, log } = this.#options;
    log.error({ job: job.id, reason }, 'an end can never be shown');
    const end = { to: 'failed', reason, endedAt: clock.now(), announced: true } as const;
    const ended = await persist(this.#options, () =>
      job.state === 'finishing'
        ? moveJob(ledger, job.id, end)
        : noteJob(ledger, job.id, { states: [job.state], note: { announced: true } }),
    );
    if (job.state === 'finishing' && ended !== undefined) {
      listeners.emit({ type: 'state', job: ended, from: 'finishing' });
    }
  }
}
