import { findBan } from '../../ledger/bans.js';
import { countAsked } from '../../ledger/asked.js';
import type { Allowance } from '../api.js';
import type { JobsContext } from '../context.js';
import { DEFAULT_LIMITS, limitsFor } from './limits.js';

/** See `Jobs.allowance`. */
export async function allowanceOf(
  { ledger, clock, limits }: JobsContext,
  person: { readonly userId: string; readonly guildId: string | null },
): Promise<Allowance> {
  const { waitingPerUser, perMinute, perDay } = await limitsFor(ledger, { limits, ...person });
  const { waiting, lastMinute, today } = await countAsked(ledger, { ...person, now: clock.now() });
  const ban = await findBan(ledger, person);
  return {
    ...{ waiting, mostWaiting: waitingPerUser },
    ...{ lastMinute, perMinute },
    ...{ today, perDay: perDay < DEFAULT_LIMITS.perDay ? perDay : null },
    refusal: ban === undefined ? null : { kind: 'banned', reason: ban.reason },
  };
}
