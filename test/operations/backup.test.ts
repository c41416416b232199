import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lockFolder } from '../../src/ledger/instance-lock.js';
import { findJob, insertJob } from '../../src/ledger/jobs.js';
import { openLedger } from '../../src/ledger/open-ledger.js';
import { backUp } from '../../src/operations/back-up.js';
import { restore } from '../../src/operations/restore.js';
import { Store } from '../../src/store/store.js';
import { newJob, temporaryFolder } from '../ledger/fixtures.js';

const now = new Date('2026-03-01T12:00:00Z');

/** A data folder with a job in its ledger, which stays open as a bot's would, and two pictures. */
async function workingFolder() {
  const dataDir = join(temporaryFolder(), 'data');
  await mkdir(dataDir);
  const ledger = await openLedger(join(dataDir, 'ledger.db'));
  let isOpen = true;
  const stop = async () => {
    if (isOpen) await ledger.destroy();
    isOpen = false;
  };
  onTestFinished(stop);
  const store = await Store.open({ folder: dataDir });
  const names = [await store.put(Uint8Array.of(1, 2)), await store.put(Uint8Array.of(3, 4, 5))] as const;
  await insertJob(ledger, newJob('job1'));
  return { dataDir, ledger, store, names, stop };
}

async function jobsIn(dataDir: string) {
  const ledger = await openLedger(join(dataDir, 'ledger.db'));
  try {
    return { one: await findJob(ledger, 'job1'), two: await findJob(ledger, 'job2') };
  } finally {
    await ledger.destroy();
  }
}

describe('backing up', () => {
  it('copies, while the bot works, what was committed, and restores it elsewhere byte for byte', async () => {
    const { dataDir, names } = await workingFolder();
    const to = join(temporaryFolder(), 'backup');
    const { note, damaged } = await backUp({ dataDir, to, now });
    expect(note).toMatchObject({ at: '2026-03-01T12:00:00.000Z', files: { count: 2, bytes: 5 } });
    expect(damaged).toEqual([]);

    const elsewhere = join(temporaryFolder(), 'new', 'data');
    await restore({ from: to, dataDir: elsewhere, replace: false, now });
    expect((await jobsIn(elsewhere)).one?.id).toBe('job1');
    const store = await Store.open({ folder: elsewhere });
    expect(await store.get(names[1])).toEqual(Buffer.from([3, 4, 5]));
    expect(readdirSync(elsewhere).filter((name) => name.startsWith('restoring'))).toEqual([]);
  });

  it('leaves out a damaged picture and names it', async () => {
    const { dataDir, names } = await workingFolder();
    writeFileSync(join(dataDir, 'files', names[0].slice(0, 2), names[0]), 'rotten');
    const { note, damaged } = await backUp({ dataDir, to: join(temporaryFolder(), 'b'), now });
    expect(damaged).toEqual([names[0]]);
    expect(note.files.count).toBe(1);
  });

  it('touches no folder that exists, and leaves nothing half-written', async () => {
    const { dataDir } = await workingFolder();
    const parent = temporaryFolder();
    const to = join(parent, 'backup');
    await mkdir(to);
    writeFileSync(join(to, 'mine'), 'x');
    await expect(backUp({ dataDir, to, now })).rejects.toThrow('exists already; name a folder that does not');
    expect(readdirSync(parent)).toEqual(['backup']);
    expect(readdirSync(to)).toEqual(['mine']);
    const broken = temporaryFolder();
    writeFileSync(join(broken, 'ledger.db'), 'long enough to be looked at as a ledger, and none'.repeat(99));
    const other = { dataDir: broken, to: join(parent, 'other'), now };
    await expect(backUp(other)).rejects.toThrow('could not be copied');
    expect(readdirSync(parent)).toEqual(['backup']);
  });

  it('says where it looked when there is no ledger', async () => {
    const dataDir = temporaryFolder();
    await expect(backUp({ dataDir, to: join(dataDir, 'b'), now })).rejects.toThrow(`no ledger in ${dataDir}`);
  });
});

describe('restoring', () => {
  it('moves what is there aside, only when told to, and never deletes it', async () => {
    const { dataDir, ledger, names, stop } = await workingFolder();
    const from = join(temporaryFolder(), 'backup');
    await backUp({ dataDir, to: from, now });
    await insertJob(ledger, newJob('job2'));
    await stop();
    await expect(restore({ from, dataDir, replace: false, now })).rejects.toThrow('with --replace');
    expect((await jobsIn(dataDir)).two?.id).toBe('job2');

    const { aside } = await restore({ from, dataDir, replace: true, now });
    expect(await jobsIn(dataDir)).toMatchObject({ one: { id: 'job1' }, two: undefined });
    expect((await jobsIn(aside ?? '')).two?.id).toBe('job2');
    expect(existsSync(join(aside ?? '', 'files', names[0].slice(0, 2), names[0]))).toBe(true);
  });

  it('refuses while a bot works on the folder', async () => {
    const { dataDir, stop } = await workingFolder();
    const from = join(temporaryFolder(), 'backup');
    await backUp({ dataDir, to: from, now });
    await stop();
    const unlock = lockFolder(dataDir);
    onTestFinished(unlock);
    await expect(restore({ from, dataDir, replace: true, now })).rejects.toThrow(
      'Another Easel already works',
    );
  });

  it('refuses a folder that is no backup, and one whose ledger was damaged, touching nothing', async () => {
    const { dataDir, stop } = await workingFolder();
    const from = join(temporaryFolder(), 'backup');
    await backUp({ dataDir, to: from, now });
    await stop();
    const before = readFileSync(join(dataDir, 'ledger.db'));
    await expect(restore({ from: dataDir, dataDir, replace: true, now })).rejects.toThrow(
      'not a backup of Easel',
    );
    writeFileSync(join(from, 'ledger.db'), readFileSync(join(from, 'ledger.db')).subarray(0, 5000));
    await expect(restore({ from, dataDir, replace: true, now })).rejects.toThrow('missing or damaged');
    writeFileSync(join(from, 'backup.json'), '{"version":7}');
    await expect(restore({ from, dataDir, replace: true, now })).rejects.toThrow('another form');
    expect(readFileSync(join(dataDir, 'ledger.db'))).toEqual(before);
  });
});
