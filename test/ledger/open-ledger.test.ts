import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UserError } from '../../src/errors.js';
import { lockFolder } from '../../src/ledger/instance-lock.js';
import { findJob, findJobByCause, insertJob } from '../../src/ledger/jobs.js';
import { isLedgerFull, openLedger } from '../../src/ledger/open-ledger.js';
import { newJob, temporaryFolder, temporaryLedger } from './fixtures.js';

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('openLedger', () => {
  it('finds again what was committed before', async () => {
    const file = join(temporaryFolder(), 'new', 'ledger.db');
    const first = await openLedger(file);
    await insertJob(first, newJob('j1'));
    await first.destroy();
    const second = await openLedger(file);
    expect((await findJob(second, 'j1'))?.id).toBe('j1');
    await second.destroy();
  });

  it('finds what asked for a job in a ledger that still called it an interaction', async () => {
    const file = join(temporaryFolder(), 'ledger.db');
    const old = await openLedger(file);
    await insertJob(old, newJob('j1'));
    await sql`ALTER TABLE jobs RENAME COLUMN cause_id TO interaction_id`.execute(old);
    // What later migrations made.
    await sql`DROP TABLE heard_reactions`.execute(old);
    await sql`DROP TABLE preferences`.execute(old);
    await sql`DROP INDEX jobs_by_saved_state`.execute(old);
    await sql`DROP INDEX jobs_by_guild_time`.execute(old);
    await sql`DROP INDEX jobs_by_user_time`.execute(old);
    await sql`ALTER TABLE jobs DROP COLUMN age_restricted`.execute(old);
    await sql`ALTER TABLE jobs DROP COLUMN turn_of`.execute(old);
    await sql`DROP TABLE unwanted_messages`.execute(old);
    await sql`DELETE FROM kysely_migration WHERE name >= '005'`.execute(old);
    await old.destroy();
    const ledger = await openLedger(file);
    expect((await findJobByCause(ledger, newJob('j1').causeId))?.id).toBe('j1');
    expect(await insertJob(ledger, newJob('j2', { causeId: newJob('j1').causeId }))).toBeUndefined();
    await ledger.destroy();
  });

  it('writes through: WAL, and a sync for every commit', async () => {
    const ledger = await temporaryLedger();
    const journal = await sql<{ journal_mode: string }>`PRAGMA journal_mode`.execute(ledger);
    const synchronous = await sql<{ synchronous: number }>`PRAGMA synchronous`.execute(ledger);
    expect([journal.rows[0]?.journal_mode, synchronous.rows[0]?.synchronous]).toEqual(['wal', 2]);
  });

  it('keeps what it holds from everybody but its owner, also where an earlier version did not', async () => {
    const folder = join(temporaryFolder(), 'data');
    const file = join(folder, 'ledger.db');
    const modes = () =>
      ['', 'ledger.db', 'ledger.db-wal', 'ledger.db-shm'].map((name) => modeOf(join(folder, name)));
    const ledger = await openLedger(file);
    expect(modes()).toEqual(['700', '600', '600', '600']);
    await ledger.destroy();
    chmodSync(file, 0o644);
    chmodSync(folder, 0o755);
    const again = await openLedger(file);
    // The folder may be meant to be shared.
    expect(modes()).toEqual(['755', '600', '600', '600']);
    await again.destroy();
  });

  it('refuses a ledger of a newer version with a sentence', async () => {
    const file = join(temporaryFolder(), 'ledger.db');
    const ledger = await openLedger(file);
    await sql`INSERT INTO kysely_migration (name, timestamp) VALUES ('999-future', '')`.execute(ledger);
    await ledger.destroy();
    await expect(openLedger(file)).rejects.toThrow(/newer version/);
  });

  it('refuses a file that is no ledger with a sentence', async () => {
    const file = join(temporaryFolder(), 'ledger.db');
    writeFileSync(file, 'this is a text, longer than a header would be '.repeat(40));
    await expect(openLedger(file)).rejects.toThrow(UserError);
  });

  it('tells a full disk from other troubles', async () => {
    const ledger = await temporaryLedger();
    const { rows } = await sql<{ page_count: number }>`PRAGMA page_count`.execute(ledger);
    await sql`PRAGMA max_page_count = ${sql.lit(rows[0]?.page_count ?? 1)}`.execute(ledger);
    const text = 'x'.repeat(100_000);
    const full = await insertJob(ledger, newJob('j1', { locale: text })).catch((error: unknown) => error);
    expect(full).toBeInstanceOf(Error);
    expect(isLedgerFull(full)).toBe(true);
    expect(isLedgerFull(new Error('disk full'))).toBe(false);
  });
});

describe('lockFolder', () => {
  /** Another process that locks the folder and says how that went. */
  function otherInstance(folder: string) {
    const lock = JSON.stringify(new URL('../../src/ledger/instance-lock.ts', import.meta.url).href);
    const code = `import(${lock}).then(({ lockFolder }) => {
      try { lockFolder(${JSON.stringify(folder)}); console.log('locked'); setInterval(() => {}, 1000); }
      catch (error) { console.log(error.name); process.exit(1); }
    })`;
    const child = spawn(process.execPath, ['--import', 'tsx', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const said = once(child.stdout, 'data').then(([chunk]) => String(chunk).trim());
    return { child, said };
  }

  it('lets one process in, refuses the second with a sentence, and opens when the first is killed', async () => {
    const folder = temporaryFolder();
    const first = otherInstance(folder);
    expect(await first.said).toBe('locked');
    expect(() => lockFolder(folder)).toThrow(/Another Easel already works on .*DATA_DIR/);
    expect(await otherInstance(folder).said).toBe('UserError');
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    lockFolder(folder)();
  });

  it('can be taken again after it was given back', () => {
    const folder = temporaryFolder();
    lockFolder(folder)();
    const release = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(UserError);
    release();
  });

  it('says in a sentence where nothing can be written', () => {
    const file = join(temporaryFolder(), 'a file');
    writeFileSync(file, '');
    expect(() => lockFolder(join(file, 'data'))).toThrow(UserError);
    expect(() => lockFolder(join(file, 'data'))).toThrow(/cannot be used .*set DATA_DIR/);
  });
});
