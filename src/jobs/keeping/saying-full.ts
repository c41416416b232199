import { isLedgerFull } from '../../ledger/open-ledger.js';
import { DiskFullError } from '../../store/disk-full.js';
import type { JobsContext } from '../context.js';

/**
 * Writes to the ledger for somebody who waits for the answer, with what room was kept if need be.
 *
 * @throws DiskFullError when that is gone as well.
 */
export async function sayingFull<T>(
  { store }: Pick<JobsContext, 'store'>,
  write: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isLedgerFull(error)) throw error;
      if (!store.reserve.release()) throw new DiskFullError(error);
    }
  }
}
