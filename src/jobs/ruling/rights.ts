import type { Job } from '../../contracts/job.js';
import { UserError } from '../../errors.js';
import { EVERYWHERE } from '../../ledger/schema.js';
import type { Actor } from '../api.js';

const NOT_YOURS = 'This picture is not yours to cancel; its owner or a moderator of its server can.';

/** Whether a job lies in what an actor moderates. */
export function isModeratorOf(actor: Actor, { guildId }: Pick<Job, 'guildId'>): boolean {
  if (actor.role === 'operator') return true;
  return actor.role === 'moderator' && guildId !== null && guildId === actor.guildId;
}

/** @throws UserError unless it is the actor's own job or one they moderate. */
export function expectMayCancel(actor: Actor, job: Job): void {
  if (job.userId !== actor.userId && !isModeratorOf(actor, job)) throw new UserError(NOT_YOURS);
}

/** @throws UserError unless the actor moderates the job. */
export function expectModeratorOf(actor: Actor, job: Job): void {
  if (!isModeratorOf(actor, job)) throw new UserError(NOT_YOURS);
}

/** @throws UserError unless the actor is an operator. */
export function expectOperator(actor: Actor): void {
  if (actor.role !== 'operator')
    throw new UserError('Only the operator of this bot can move pictures in line.');
}

/**
 * The scope an actor rules: their guild's id, or everywhere.
 *
 * @throws UserError for members.
 */
export function scopeOf(actor: Actor): string {
  if (actor.role === 'operator') return EVERYWHERE;
  if (actor.role === 'moderator' && actor.guildId !== null) return actor.guildId;
  throw new UserError('Only moderators can rule the queue, in a server of theirs.');
}
