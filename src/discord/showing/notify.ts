import { hasEnded, type Job } from '../../contracts/job.js';
import type { JobEvent, Jobs } from '../../jobs/api.js';
import type { Logger } from '../../log.js';
import type { PreferenceShelf } from '../asking/desk.js';
import { messageTrouble } from '../messages/message-errors.js';
import type { Messages } from '../messages/messages.js';
import { textFor } from '../words/text.js';
import { linkTo } from './link-to.js';

export interface NotifierOptions {
  readonly jobs: Pick<Jobs, 'on' | 'rememberCopy'>;
  readonly preferences: PreferenceShelf;
  readonly messages: Messages;
  readonly log: Logger;
}

/**
 * Tells people who want it that a picture of theirs is there, or will not be: in answer to its message, or directly. What
 * they cancelled themselves is no news.
 *
 * @returns a function that ends it and waits for what is being told.
 */
export function notify({ jobs, preferences, messages, log }: NotifierOptions): () => Promise<void> {
  const underWay = new Set<Promise<void>>();

  async function tell(job: Job): Promise<void> {
    const { notice } = await preferences.find(job.userId);
    if (notice === 'none' || job.message === null) return;
    const { noticeDone, noticeFailed } = textFor(job.locale);
    const say = job.state === 'done' ? noticeDone : noticeFailed;
    // For some minutes the same nonce again makes no second message.
    const nonce = `end-${job.id}`;
    const post = { rows: [], picture: null, pings: job.userId };
    const { channelId, messageId } = job.message;
    if (notice === 'reply') {
      const content = say(`<@${job.userId}>`);
      const told = await messages.create({ channelId, nonce, replyTo: messageId }, { ...post, content });
      await jobs.rememberCopy(job.id, told);
    } else {
      const content = say(linkTo(job.guildId, job.message));
      await messages.create(
        { channelId: await messages.directChannel(job.userId), nonce },
        { ...post, content },
      );
    }
  }

  function hear(event: JobEvent): void {
    if (event.type !== 'state' || !hasEnded(event.job) || event.job.state === 'cancelled') return;
    const { job } = event;
    const work = tell(job)
      .catch((error: unknown) => {
        const { kind } = messageTrouble(error);
        log.warn(
          kind === 'later' ? { err: error, job: job.id } : { kind, job: job.id },
          'an end was not told',
        );
      })
      .finally(() => underWay.delete(work));
    underWay.add(work);
  }

  const stopHearing = jobs.on(hear);
  return async () => {
    stopHearing();
    await Promise.all(underWay);
  };
}
