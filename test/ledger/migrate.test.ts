import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, SqliteDialect, sql } from 'kysely';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../src/ledger/migrate.js';
import { MIGRATIONS } from '../../src/ledger/migrations.js';
import { findJob } from '../../src/ledger/jobs.js';
import { type OpenLedgerOptions, openLedger } from '../../src/ledger/open-ledger.js';
import type { LedgerTables } from '../../src/ledger/schema.js';
import { forgetCopies } from '../../src/ledger/schema-copies.js';
import { paintRequest, temporaryFolder } from './fixtures.js';

const NAMES = Object.keys(MIGRATIONS).sort();
const [FIRST = ''] = NAMES;

/** A ledger as the first version left it, with a job in it. */
async function oldLedger(): Promise<string> {
  const file = join(temporaryFolder(), 'ledger.db');
  const ledger = new Kysely<LedgerTables>({ dialect: new SqliteDialect({ database: new Database(file) }) });
  await migrate(
    ledger,
    file,
    Object.fromEntries(Object.entries(MIGRATIONS).filter(([name]) => name === FIRST)),
  );
  await sql`INSERT INTO jobs (id, interaction_id, user_id, channel_id, locale, request, state, priority, sequence, attempts,
    deaths, announced, accepted_at) VALUES ('j1', 'asked', 'ann', 'here', 'de', ${JSON.stringify(paintRequest())},
    'queued', 0, 1, 0, 0, 0, 5)`.execute(ledger);
  await ledger.destroy();
  return file;
}

/** What a file's schema consists of. */
function schemaOf(file: string): unknown[] {
  const database = new Database(file);
  const schema = database.prepare('SELECT type, name, sql FROM sqlite_master ORDER BY type, name').all();
  database.close();
  return schema;
}

async function open(file: string, options?: OpenLedgerOptions): Promise<void> {
  const ledger = await openLedger(file, options);
  expect(await findJob(ledger, 'j1')).toMatchObject({ causeId: 'asked', locale: 'de' });
  await ledger.destroy();
}

/** Between two that only read there is nothing to be interrupted. */
const isWriting = (statement: string) => !/^(select|pragma|with)\b/i.test(statement);

const copiesIn = (file: string) =>
  readdirSync(join(file, '..'))
    .filter((name) => /^ledger-.*\.db$/.test(name))
    .sort();

describe('a ledger of an older version', () => {
  it('comes to the newest schema when the process dies before any statement, with what it held', async () => {
    const old = await oldLedger();
    const whole = `${old}.whole`;
    copyFileSync(old, whole);
    let statements = 0;
    await open(whole, {
      beforeEach(text) {
        statements += Number(isWriting(text));
      },
    });
    const newest = schemaOf(whole);
    expect(statements).toBeGreaterThan(10);
    for (let last = 1; last < statements; last += 1) {
      const file = join(temporaryFolder(), 'ledger.db');
      copyFileSync(old, file);
      let left = last;
      const dying = openLedger(file, {
        beforeEach(text) {
          left -= Number(isWriting(text));
          // Whoever opens the file next rolls back what the dead did not; here it is the same process, which has to.
          if (left <= 0 && text !== 'rollback') throw new Error('dead');
        },
      });
      await expect(dying).rejects.toThrow('dead');
      await open(file);
      expect(schemaOf(file), `dead before statement ${last}`).toEqual(newest);
    }
  });

  it.each([9, 14])('comes to it when the process is killed before statement %i', async (statement) => {
    const file = await oldLedger();
    const source = JSON.stringify(new URL('../../src/ledger/open-ledger.ts', import.meta.url).href);
    const code = `let left = ${statement}; import(${source}).then(({ openLedger }) => openLedger(${JSON.stringify(file)},
      { beforeEach: () => { left -= 1; if (left === 0) process.kill(process.pid, 'SIGKILL'); } }))`;
    const child = spawn(process.execPath, ['--import', 'tsx', '-e', code], { stdio: 'inherit' });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    await open(file);
  });

  it('is copied before it changes, for its owner alone, under the name of the schema it has', async () => {
    const file = await oldLedger();
    await open(file);
    expect(copiesIn(file)).toEqual([`ledger-${FIRST}.db`]);
    const copy = join(file, '..', `ledger-${FIRST}.db`);
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    const database = new Database(copy);
    expect(database.prepare('SELECT id, interaction_id FROM jobs').all()).toEqual([
      { id: 'j1', interaction_id: 'asked' },
    ]);
    database.close();
    await open(file);
    expect(copiesIn(file)).toHaveLength(1);
  });

  it('is copied in vain nowhere: a new one, and one that is up to date', async () => {
    const file = join(temporaryFolder(), 'ledger.db');
    for (let time = 0; time < 2; time += 1) await (await openLedger(file)).destroy();
    expect(copiesIn(file)).toEqual([]);
  });

  it('keeps only the newest copies, each only for a time, and nobody else’s file', async () => {
    const file = await oldLedger();
    const folder = join(file, '..');
    const older = ['ledger-000-first.db', 'ledger-000-second.db'];
    for (const [index, name] of older.entries()) {
      writeFileSync(join(folder, name), '');
      utimesSync(join(folder, name), index + 1, index + 1);
    }
    writeFileSync(join(folder, 'ledger-of-my-own.db'), '');
    utimesSync(join(folder, 'ledger-of-my-own.db'), 1, 1);
    await open(file);
    expect(copiesIn(file)).toEqual([older[1], `ledger-${FIRST}.db`, 'ledger-of-my-own.db'].sort());
    forgetCopies(file, 10_000);
    expect(copiesIn(file)).toEqual([`ledger-${FIRST}.db`, 'ledger-of-my-own.db']);
  });
});
