import type { Job } from '../../contracts/job.js';
import { RefusalError, refused } from '../../contracts/refusal.js';
import type { Actor } from '../api.js';
import type { JobsContext } from '../context.js';
import { acceptJob } from '../line/accept-job.js';
import { newId } from '../new-id.js';
import { expectJob } from './control.js';
import { recorded } from './recorded.js';
import { expectModeratorOf } from './rights.js';

/** See `Jobs.retry`. */
export async function retryJob(context: JobsContext, id: string, actor: Actor): Promise<Job> {
  const job = await expectJob(context.ledger, id);
  expectModeratorOf(actor, job);
  if (job.request.prompts.length === 0) throw refused('noPictureKept');
  if (job.state === 'done' || job.state === 'cancelled')
    throw new RefusalError({ kind: 'ended', state: job.state });
  if (job.state !== 'failed') throw refused('stillUnderWay');
  const { userId, guildId, channelId, locale, request, isAgeRestricted } = job;
  const again = await acceptJob(context, {
    causeId: `retry:${newId()}`,
    ...{ userId, guildId, channelId, locale, request, parentJob: id },
    standing: { roleIds: [], parentChannelId: null, isAgeRestricted },
  });
  await recorded(context, actor, ({ note }) =>
    note({ action: 'retry', job, detail: { owner: userId, as: again.id } }),
  );
  return again;
}
