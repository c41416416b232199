import { type Kysely, type Migration, Migrator } from 'kysely';
import { MIGRATIONS } from './migrations.js';
import type { LedgerTables } from './schema.js';
import { copyBeforeChange } from './schema-copies.js';

/**
 * Brings a ledger to the newest schema, each change in a transaction of its own, so that a process that dies in between leaves
 * the one before or the one after. A ledger that holds something is copied first.
 *
 * @throws what went wrong, with the change before it whole.
 */
export async function migrate(
  ledger: Kysely<LedgerTables>,
  file: string,
  migrations: Readonly<Record<string, Migration>> = MIGRATIONS,
): Promise<void> {
  const migrator = new Migrator({ db: ledger, provider: { getMigrations: async () => ({ ...migrations }) } });
  const known = await migrator.getMigrations();
  const last = known.findLast(({ executedAt }) => executedAt !== undefined);
  const pending = known.filter(({ executedAt }) => executedAt === undefined);
  if (last !== undefined && pending.length > 0) copyBeforeChange(file, last.name);
  // Once more than there are changes: the last finds nothing left, and says so where a newer version wrote the file.
  for (let step = 0; step <= pending.length; step += 1) {
    const { error } = await migrator.migrateUp();
    if (error !== undefined) throw error;
  }
}
