import { type Holder, type Rules, rulesOver } from '../../contracts/rules.js';
import type { Ledger } from '../../ledger/open-ledger.js';
import { settingsFor } from '../../ledger/settings.js';
import type { WordLists } from '../../moderation/word-list.js';

/** The operator's bounds: of every rule that a server may set for itself, and of what only the operator sets. */
export interface JobLimits extends Rules {
  /** How many jobs of one person are accepted within a minute. */
  readonly perMinute: number;
  /** How many jobs may wait altogether. */
  readonly waiting: number;
  /** No job is accepted with less room than this on the store's disk. */
  readonly minFreeBytes: number;
  /** What prompts may not hold anywhere. */
  readonly words: WordLists;
  /** Painter processes that may die of one job before it fails. */
  readonly deaths: number;
}

export const DEFAULT_LIMITS: JobLimits = {
  channels: [],
  roles: [],
  maxSteps: 2000,
  maxSide: 2048,
  waitingPerUser: 3,
  waitingPerServer: 100,
  perDay: 100_000,
  blockedWords: [],
  allowedWords: [],
  adult: 'age-restricted',
  adultLimit: 1,
  language: 'own',
  frameSeconds: 1,
  retentionDays: 3650,
  logChannel: null,
  gallery: null,
  tellRemoved: true,
  perMinute: 10,
  waiting: 10_000,
  minFreeBytes: 64 * 2 ** 20,
  words: { blocked: [], allowed: [] },
  deaths: 2,
};

/** The limits that hold in a guild, or in direct messages, for everybody or for one person. */
export async function limitsFor(
  ledger: Ledger,
  { limits, ...holder }: { readonly limits: JobLimits } & Holder,
): Promise<JobLimits & { readonly draining: boolean }> {
  const { draining = false, ...own } = await settingsFor(ledger, holder);
  return { ...limits, ...rulesOver(limits, own), draining };
}

/** How surely a picture of a job may show adult content before it is held back. */
export function adultLimitOf(
  { adult, adultLimit }: Pick<JobLimits, 'adult' | 'adultLimit'>,
  { isAgeRestricted }: { readonly isAgeRestricted: boolean },
): number {
  return isAgeRestricted && adult === 'age-restricted' ? 1 : adultLimit;
}
