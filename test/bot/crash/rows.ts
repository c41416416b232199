import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';

export interface Row {
  readonly id: string;
  readonly cause_id: string;
  readonly state: string;
  readonly announced: number;
  readonly reason: string | null;
}

/** The ledger's jobs, as another process sees them. */
export function readRows(dataDir: string): Row[] {
  const file = join(dataDir, 'ledger.db');
  if (!existsSync(file)) return [];
  const database = new Database(file);
  try {
    database.pragma('busy_timeout = 5000');
    const query = database.prepare(
      'select id, cause_id, state, announced, reason from jobs order by sequence',
    );
    return query.all() as Row[];
  } catch (error) {
    // Killed before its first migration, a ledger has no tables yet.
    if (String(error).includes('no such table')) return [];
    throw error;
  } finally {
    database.close();
  }
}
