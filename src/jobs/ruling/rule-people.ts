import type { Ban } from '../../contracts/ban.js';
import type { AuditEntry } from '../../contracts/deed.js';
import { RefusalError } from '../../contracts/refusal.js';
import { operatorsBound, RULES, type RuleName } from '../../contracts/rules.js';
import { listAudit } from '../../ledger/audit.js';
import { deleteBan, findBan, insertBan, listBans } from '../../ledger/bans.js';
import { EVERYWHERE } from '../../ledger/schema.js';
import { scopeFor, setSetting } from '../../ledger/settings.js';
import type { Actor, BanOrder, RuleChange, Unbanned } from '../api.js';
import type { JobsContext } from '../context.js';
import { cancelJob, letGo } from './control.js';
import { recorded } from './recorded.js';
import { scopeOf } from './rights.js';
import { cancelIn } from './rule-line.js';

const guildOf = (scope: string) => (scope === EVERYWHERE ? null : scope);

/** See `Jobs.ban`. */
export async function banPerson(
  context: JobsContext,
  { userId, reason }: BanOrder,
  actor: Actor,
): Promise<void> {
  const scope = scopeOf(actor);
  const guildId = guildOf(scope);
  const cancelled = await recorded(context, actor, async ({ transaction, note, at }) => {
    const jobs = await cancelIn(transaction, { ...(guildId && { guildId }), userId }, at);
    await insertBan(transaction, { scope, userId, reason: reason ?? null, actorId: actor.userId, at });
    await note({ action: 'ban', detail: { userId, reason, count: jobs.length } });
    return jobs;
  });
  for (const job of cancelled) letGo(context, job, 'queued');
  const running = [...context.running.values()].map(({ job }) => job);
  for (const job of running) {
    if (job.userId === userId && (guildId === null || job.guildId === guildId)) {
      await cancelJob(context, job.id, actor);
    }
  }
}

/** See `Jobs.unban`. */
export async function unbanPerson(context: JobsContext, userId: string, actor: Actor): Promise<Unbanned> {
  const scope = scopeOf(actor);
  return recorded(context, actor, async ({ transaction, note }) => {
    const wasBanned = await deleteBan(transaction, scope, userId);
    if (wasBanned) await note({ action: 'unban', detail: { userId } });
    const ban = await findBan(transaction, { userId, guildId: guildOf(scope) });
    return { wasBanned, stillBanned: ban !== undefined };
  });
}

/** See `Jobs.bans`. */
export function bansIn({ ledger }: JobsContext, actor: Actor): Promise<Ban[]> {
  return listBans(ledger, scopeOf(actor));
}

/** See `Jobs.log`. */
export function logOf(
  { ledger }: JobsContext,
  query: { readonly limit: number; readonly userId?: string },
  actor: Actor,
): Promise<AuditEntry[]> {
  return listAudit(ledger, { guildId: guildOf(scopeOf(actor)), ...query });
}

/** See `Jobs.setRule`. */
export async function setRule<Name extends RuleName>(
  context: JobsContext,
  { name, value, userId }: RuleChange<Name>,
  actor: Actor,
): Promise<void> {
  const guildId = guildOf(scopeOf(actor));
  const bound = operatorsBound(name, context.limits);
  const isWithin = (given: unknown) =>
    typeof given !== 'number' || (given >= (bound.min ?? given) && given <= (bound.max ?? given));
  if (value !== undefined && !(RULES[name].schema.safeParse(value).success && isWithin(value))) {
    const { form } = RULES[name];
    throw new RefusalError({
      kind: 'notARule',
      ...('min' in form && { min: form.min, max: form.max }),
      ...bound,
    });
  }
  await recorded(context, actor, async ({ transaction, note }) => {
    await setSetting(transaction, scopeFor({ guildId, userId }), { name, value });
    await note({ action: 'set', detail: { name, value: value ?? null, ...(userId && { userId }) } });
  });
}
