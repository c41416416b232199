import type { AuditEntry } from '../../contracts/deed.js';
import type { Job } from '../../contracts/job.js';
import type { JobEvent, Jobs } from '../../jobs/api.js';
import type { Logger } from '../../log.js';
import type { Whispers } from '../asking/whispers.js';
import { messageTrouble } from '../messages/message-errors.js';
import type { Messages } from '../messages/messages.js';
import { textFor } from '../words/text.js';
import { describeDeed } from './describe-deed.js';
import type { Moderators } from './moderators.js';

export interface DeedTellerOptions {
  readonly jobs: Pick<Jobs, 'on' | 'find' | 'rules'>;
  readonly moderators: Moderators;
  readonly whispers: Whispers;
  readonly messages: Messages;
  readonly log: Logger;
}

/**
 * Tells the log channel what moderators do, and people that a picture of theirs was taken away.
 *
 * @returns a function that ends it and waits for what is being told.
 */
export function tellDeeds(options: DeedTellerOptions): () => Promise<void> {
  const { jobs, moderators, whispers, messages, log } = options;
  const underWay = new Set<Promise<void>>();

  async function tellLog(entry: AuditEntry): Promise<void> {
    // A report is told with all that belongs to it, by whoever takes it in.
    if (entry.guildId === null || entry.action === 'report') return;
    const write = (text: Parameters<typeof describeDeed>[1]) => ({
      content: `🛡️ ${describeDeed(entry, text)}`,
      rows: [],
      picture: null,
    });
    await moderators.log({ guildId: entry.guildId, nonce: entry.id, write });
  }

  async function tellOwner(job: Job): Promise<void> {
    const content = textFor(job.locale).takenAway(`\`${job.id}\``, `<#${job.channelId}>`);
    if (await whispers.whisper(job.id, content)) return;
    const { tellRemoved } = await jobs.rules({ guildId: job.guildId });
    if (!tellRemoved) return;
    const channelId = await messages.directChannel(job.userId);
    await messages.create({ channelId, nonce: `gone-${job.id}` }, { content, rows: [], picture: null });
  }

  /** Their message shows the new place anyhow: this says whose doing it is. */
  async function tellMoved({ action, actorId, jobId, detail }: AuditEntry): Promise<void> {
    const job = action === 'move' && jobId !== null ? await jobs.find(jobId) : undefined;
    if (job === undefined || job.userId === actorId) return;
    const { movedInLine } = textFor(job.locale);
    await whispers.whisper(job.id, movedInLine(`\`${job.id}\``, String(detail['to'])));
  }

  async function tell(event: JobEvent): Promise<void> {
    if (event.type === 'state' && event.job.reason?.kind === 'messageGone') await tellOwner(event.job);
    if (event.type !== 'deed') return;
    const { entry } = event;
    const isRemoval = entry.action === 'remove' || entry.action === 'delete';
    const job = isRemoval && entry.jobId !== null ? await jobs.find(entry.jobId) : undefined;
    await Promise.all([tellLog(entry), job && tellOwner(job), tellMoved(entry)]);
  }

  const stopHearing = jobs.on((event) => {
    if (event.type !== 'deed' && event.type !== 'state') return;
    const work = tell(event)
      .catch((error: unknown) => {
        // Somebody who takes no messages from us, or a log channel that is closed to us, is nobody's fault.
        const { kind } = messageTrouble(error);
        log.warn(kind === 'later' ? { err: error } : { kind }, 'a deed was not told');
      })
      .finally(() => underWay.delete(work));
    underWay.add(work);
  });
  return async () => {
    stopHearing();
    await Promise.all(underWay);
  };
}
