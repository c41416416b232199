import { dirname } from 'node:path';
import { Kysely, SqliteAdapter, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import Database from 'libsql';
import { messageOf, UserError } from '../errors.js';
import { makeFolder } from '../make-folder.js';
import { closeToOthers, makePrivateFile, PRIVATE_FOLDER } from '../private-files.js';
import { migrate } from './migrate.js';
import type { LedgerTables } from './schema.js';

export type Ledger = Kysely<LedgerTables>;

export interface OpenLedgerOptions {
  /** Called before each statement, for crash tests. */
  readonly beforeEach?: (statement: string) => void;
}

/**
 * Opens the ledger's file, making or migrating it. The only place that knows it is SQLite; `destroy()` closes it.
 *
 * A commit is on the disk when it resolves (`synchronous = FULL`): a job that was acknowledged survives power loss.
 *
 * @throws UserError when a newer version wrote it, or it is no ledger.
 */
export async function openLedger(file: string, { beforeEach }: OpenLedgerOptions = {}): Promise<Ledger> {
  makeFolder(dirname(file), PRIVATE_FOLDER);
  const database = keepingStatements(openFile(file), beforeEach);
  const ledger = new Kysely<LedgerTables>({ dialect: new Sqlite({ database }) });
  try {
    await migrate(ledger, file);
  } catch (cause) {
    await ledger.destroy();
    if (cause instanceof UserError) throw cause;
    throw new UserError(
      `The ledger ${file} cannot be used; was it written by a newer version? (${messageOf(cause)})`,
      { cause },
    );
  }
  // An earlier version let others read it. Before it was known to be a ledger it might have been somebody else's file.
  for (const suffix of ['', '-wal', '-shm']) closeToOthers(`${file}${suffix}`);
  return ledger;
}

/** SQLite changes schemas in transactions as well as rows, which kysely does not count on. */
class Sqlite extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new (class extends SqliteAdapter {
      override get supportsTransactionalDdl(): boolean {
        return true;
      }
    })();
  }
}

/** libsql's default export is a class with better-sqlite3's interface, of which kysely asks `prepare` and `close`. */
function openFile(file: string): Database.Database {
  try {
    // What SQLite puts beside it gets the same mode.
    makePrivateFile(file);
    const database = new Database(file);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('busy_timeout = 5000');
    // What is deleted is overwritten, not only let go of.
    database.pragma('secure_delete = ON');
    return database;
  } catch (cause) {
    throw new UserError(`The ledger ${file} cannot be opened: ${messageOf(cause)}.`, { cause });
  }
}

const NOTHING = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
} satisfies SqliteStatement;

/**
 * Prepares each text once: kysely would for every query, and what a statement holds outside the heap is free only once
 * it is collected. Values are parameters, so there are no more texts than kinds of query.
 */
function keepingStatements(
  database: Database.Database,
  beforeEach: OpenLedgerOptions['beforeEach'],
): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    prepare(text) {
      beforeEach?.(text);
      // What finds the disk full SQLite rolls back by itself; kysely's own rollback would fail and hide why.
      if (text === 'rollback' && !database.inTransaction) return NOTHING;
      const statement = statements.get(text) ?? database.prepare(text);
      statements.set(text, statement);
      return statement;
    },
    close: () => database.close(),
  };
}

/** Whether the ledger could not write for want of space. */
export function isLedgerFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_FULL');
}
