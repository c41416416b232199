import type { Job } from '../../contracts/job.js';
import { refused } from '../../contracts/refusal.js';
import { EVERYWHERE } from '../../ledger/schema.js';
import type { Actor } from '../api.js';

/** Whether a job lies in what an actor moderates. */
export function isModeratorOf(actor: Actor, { guildId }: Pick<Job, 'guildId'>): boolean {
  if (actor.role === 'operator') return true;
  return actor.role === 'moderator' && guildId !== null && guildId === actor.guildId;
}

/** @throws UserError unless it is the actor's own job or one they moderate. */
export function expectMayCancel(actor: Actor, job: Job): void {
  if (job.userId !== actor.userId && !isModeratorOf(actor, job)) throw refused('notYours');
}

/** @throws UserError unless the actor moderates the job. */
export function expectModeratorOf(actor: Actor, job: Job): void {
  if (!isModeratorOf(actor, job)) throw refused('notYours');
}

/** @throws UserError unless the actor is an operator. */
export function expectOperator(actor: Actor): void {
  if (actor.role !== 'operator') throw refused('operatorsOnly');
}

/**
 * The scope an actor rules: their guild's id, or everywhere.
 *
 * @throws UserError for members.
 */
export function scopeOf(actor: Actor): string {
  if (actor.role === 'operator') return EVERYWHERE;
  if (actor.role === 'moderator' && actor.guildId !== null) return actor.guildId;
  throw refused('moderatorsOnly');
}
