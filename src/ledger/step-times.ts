import type { LedgerDatabase } from './schema.js';

/** Milliseconds a step takes, by kind of request. */
export async function listStepTimes(ledger: LedgerDatabase): Promise<Map<string, number>> {
  const rows = await ledger.selectFrom('step_times').selectAll().execute();
  return new Map(rows.map(({ kind, ms }) => [kind, ms]));
}

export async function setStepTime(ledger: LedgerDatabase, kind: string, ms: number): Promise<void> {
  await ledger
    .insertInto('step_times')
    .values({ kind, ms })
    .onConflict((conflict) => conflict.column('kind').doUpdateSet({ ms }))
    .execute();
}
