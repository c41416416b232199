import { findBan } from '../../ledger/bans.js';
import { countAccepted, countWaiting } from '../../ledger/job-lists.js';
import type { Allowance } from '../api.js';
import type { JobsContext } from '../context.js';
import { DAY_MS, MINUTE_MS } from './expect-allowed.js';
import { DEFAULT_LIMITS, limitsFor } from './limits.js';

/** See `Jobs.allowance`. */
export async function allowanceOf(
  { ledger, clock, limits }: JobsContext,
  person: { readonly userId: string; readonly guildId: string | null },
): Promise<Allowance> {
  const { waitingPerUser, perMinute, perDay } = await limitsFor(ledger, { limits, ...person });
  const { user } = await countWaiting(ledger, person);
  const now = clock.now();
  const lastMinute = await countAccepted(ledger, { userId: person.userId, from: now - MINUTE_MS, to: now });
  const today = await countAccepted(ledger, { ...person, from: now - DAY_MS, to: now });
  const ban = await findBan(ledger, person);
  return {
    ...{ waiting: user, mostWaiting: waitingPerUser },
    ...{ lastMinute, perMinute },
    ...{ today, perDay: perDay < DEFAULT_LIMITS.perDay ? perDay : null },
    refusal: ban === undefined ? null : { kind: 'banned', reason: ban.reason },
  };
}
