import type { WordLists } from '../../moderation/word-list.js';
import type { Ledger } from '../../ledger/open-ledger.js';
import { settingsFor } from '../../ledger/settings.js';

/** Bounds of the operator; a guild's settings may set their own for the first two. */
export interface JobLimits {
  /** How many jobs of one person may wait. */
  readonly waitingPerUser: number;
  /** How many jobs may wait in one guild. */
  readonly waitingPerGuild: number;
  /** How many jobs of one person are accepted within a minute. */
  readonly perMinute: number;
  /** How many jobs may wait altogether. */
  readonly waiting: number;
  /** No job is accepted with less room than this on the store's disk. */
  readonly minFreeBytes: number;
  /** How surely a picture may show adult content, 0…1, before it is held back; 1 holds nothing back. */
  readonly adultLimit: number;
  /** What prompts may not hold. */
  readonly words: WordLists;
  /** Painter processes that may die of one job before it fails. */
  readonly deaths: number;
}

export const DEFAULT_LIMITS: JobLimits = {
  waitingPerUser: 3,
  waitingPerGuild: 100,
  perMinute: 10,
  waiting: 10_000,
  minFreeBytes: 64 * 2 ** 20,
  adultLimit: 1,
  words: { blocked: [], allowed: [] },
  deaths: 2,
};

/** The limits that hold in a guild, or in direct messages. */
export async function limitsFor(
  ledger: Ledger,
  { limits, guildId }: { readonly limits: JobLimits; readonly guildId: string | null },
): Promise<JobLimits> {
  const { waitingPerUser, waitingPerGuild } = await settingsFor(ledger, guildId);
  return {
    ...limits,
    waitingPerUser: waitingPerUser ?? limits.waitingPerUser,
    waitingPerGuild: waitingPerGuild ?? limits.waitingPerGuild,
  };
}
