import { isLedgerFull } from '../../ledger/open-ledger.js';
import type { JobsContext } from '../context.js';

const PAUSE_MS = 5_000;

/**
 * Writes to the ledger what already happened: while its disk is full with the room that was kept for this, and when
 * that is gone as well waiting until somebody makes some. Anything else is thrown.
 *
 * @throws AbortError when stopping; the next start finds the row as it was.
 */
export async function persist<T>(
  { clock, log, stopping, store }: Pick<JobsContext, 'clock' | 'log' | 'stopping' | 'store'>,
  write: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isLedgerFull(error)) throw error;
      log.error({ err: error }, 'no disk space for the ledger; trying again');
      if (store.reserve.release()) continue;
    }
    await clock.sleep(PAUSE_MS, stopping);
  }
}
