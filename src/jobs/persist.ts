import { isLedgerFull } from '../ledger/open-ledger.js';
import type { JobsContext } from './context.js';

const PAUSE_MS = 5_000;

/**
 * Writes to the ledger, waiting while its disk is full: what already happened has to be recorded, and somebody will
 * make room. Anything else is thrown.
 *
 * @throws AbortError when stopping; the next start finds the row as it was.
 */
export async function persist<T>(
  { clock, log, stopping }: Pick<JobsContext, 'clock' | 'log' | 'stopping'>,
  write: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isLedgerFull(error)) throw error;
      log.error({ err: error }, 'no disk space for the ledger; trying again');
    }
    await clock.sleep(PAUSE_MS, stopping);
  }
}
