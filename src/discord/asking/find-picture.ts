import type { Job } from '../../contracts/job.js';
import { refused } from '../../contracts/refusal.js';
import type { Jobs } from '../../jobs/api.js';

const LINK = /\/channels\/(?:\d+|@me)\/\d+\/(\d+)\/?$/;

/**
 * The picture that somebody named in a place: by its id, its message's id, or a link to its message.
 *
 * @throws UserError when there is none, or it is of another place.
 */
export async function findPicture(jobs: Jobs, named: string, guildId: string | null): Promise<Job> {
  const name = named.trim();
  const messageId = LINK.exec(name)?.[1] ?? (/^\d{17,20}$/.test(name) ? name : undefined);
  const job =
    messageId === undefined ? await jobs.find(name.toLowerCase()) : await jobs.findByMessage(messageId);
  // An operator's actor has no guild of its own: their servers are all.
  if (job === undefined || (guildId !== null && job.guildId !== guildId)) throw refused('noSuchPicture');
  return job;
}
