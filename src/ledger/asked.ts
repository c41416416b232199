import { sql } from 'kysely';
import type { LedgerDatabase } from './schema.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** How much a person has asked for, in pictures where it says so. */
export interface Asked {
  /** Jobs of theirs that wait, anywhere. */
  readonly waiting: number;
  /** Jobs of everybody that wait in the guild (0 without one). */
  readonly waitingInGuild: number;
  /** Pictures asked for within the last minute, anywhere. */
  readonly lastMinute: number;
  /** Pictures asked for within the last day, in this guild or in direct messages. */
  readonly today: number;
}

/** How many pictures a row asked for; one, where its request cannot be read. */
const PICTURES = sql<number>`iif(json_valid(request), coalesce(json_extract(request, '$.count'), 1), 1)`;

/**
 * In one query, since every order asks.
 *
 * @param now - epoch ms; what a clock that was stepped back left in the future counts for nothing but the line.
 */
export async function countAsked(
  ledger: LedgerDatabase,
  {
    userId,
    guildId,
    now,
  }: { readonly userId: string; readonly guildId: string | null; readonly now: number },
): Promise<Asked> {
  const since = (ms: number) => sql`accepted_at between ${now - ms} and ${now}`;
  const within = (ms: number, rest = sql`1`) =>
    sql<number>`sum(iif(${since(ms)} and ${rest}, ${PICTURES}, 0))`;
  const row = await ledger
    .selectFrom('jobs')
    .select(({ selectFrom }) => [
      sql<number>`sum(state = 'queued')`.as('waiting'),
      within(MINUTE_MS).as('lastMinute'),
      within(DAY_MS, sql`guild_id is not distinct from ${guildId}`).as('today'),
      selectFrom('jobs as others')
        .select(({ fn }) => fn.countAll().as('count'))
        .where('others.state', '=', 'queued')
        .where('others.guild_id', '=', guildId)
        .as('waitingInGuild'),
    ])
    .where('user_id', '=', userId)
    .where(({ or, eb }) => or([eb('state', '=', 'queued'), eb('accepted_at', '>=', now - DAY_MS)]))
    .executeTakeFirst();
  return {
    waiting: Number(row?.waiting ?? 0),
    waitingInGuild: Number(row?.waitingInGuild ?? 0),
    lastMinute: Number(row?.lastMinute ?? 0),
    today: Number(row?.today ?? 0),
  };
}
