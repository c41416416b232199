import { refused } from '../../contracts/refusal.js';
import { isLedgerFull } from '../../ledger/open-ledger.js';
import type { Logger } from '../../log.js';
import type { Store } from '../../store/store.js';
import type { PatientClock } from '../../clock.js';

const PAUSE_MS = 5_000;

interface Desk {
  readonly store: Store;
  readonly log: Logger;
}

interface Patience extends Desk {
  readonly clock: PatientClock;
  readonly stopping: AbortSignal;
}

/**
 * Writes to the ledger what already happened: while its disk is full with the room that was kept for this, and when
 * that is gone as well waiting until somebody makes some. Anything else is thrown.
 *
 * @throws AbortError when stopping; the next start finds the row as it was.
 */
export function persist<T>(desk: Patience, write: () => Promise<T>): Promise<T> {
  return withReserve(desk, write, () => desk.clock.sleep(PAUSE_MS, desk.stopping));
}

/**
 * Writes to the ledger for somebody who waits for the answer, with what room was kept if need be.
 *
 * @throws RefusalError (`diskFull`) when that is gone as well.
 */
export function sayingFull<T>(desk: Desk, write: () => Promise<T>): Promise<T> {
  return withReserve(desk, write, (error) => Promise.reject(refused('diskFull', { cause: error })));
}

/** Tries again as often as the ledger's disk is full: first with the reserve, then after `onNoRoom`. */
async function withReserve<T>(
  { store, log }: Desk,
  write: () => Promise<T>,
  onNoRoom: (error: unknown) => Promise<void>,
): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isLedgerFull(error)) throw error;
      log.error({ err: error }, 'no disk space for the ledger; trying again');
      if (!store.reserve.release()) await onNoRoom(error);
    }
  }
}
