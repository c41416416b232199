import { countAccepted, countWaiting } from '../../ledger/job-lists.js';
import type { Allowance } from '../api.js';
import type { JobsContext } from '../context.js';
import { MINUTE_MS } from './expect-allowed.js';
import { limitsFor } from './limits.js';

/** See `Jobs.allowance`. */
export async function allowanceOf(
  { ledger, clock, limits }: JobsContext,
  person: { readonly userId: string; readonly guildId: string | null },
): Promise<Allowance> {
  const { waitingPerUser, perMinute } = await limitsFor(ledger, { limits, ...person });
  const { user } = await countWaiting(ledger, person);
  const now = clock.now();
  const lastMinute = await countAccepted(ledger, { userId: person.userId, from: now - MINUTE_MS, to: now });
  return { waiting: user, mostWaiting: waitingPerUser, lastMinute, perMinute };
}
