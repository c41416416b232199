import type { Actor } from '../../jobs/api.js';
import type { Desk } from './desk.js';

/**
 * Takes a picture away for a moderator: one under way is cancelled and its message says so, of one that has ended the
 * message goes.
 *
 * @throws UserError where it is not theirs to take away.
 */
export async function takeDown(
  id: string,
  actor: Actor,
  { jobs, messages, log }: Pick<Desk, 'jobs' | 'messages' | 'log'>,
): Promise<void> {
  const job = await jobs.find(id);
  const discarded = await jobs.remove(id, actor);
  log.info({ job: id, by: actor.userId, role: actor.role }, 'picture taken away');
  if (discarded === 'released' && job?.message) await messages.delete(job.message);
}
