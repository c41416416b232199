import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, type TestContext } from 'vitest';
import { openLedger } from '../../../src/ledger/open-ledger.js';
import { temporaryFolder } from '../../ledger/fixtures.js';
import { ann, openStudio, order, until } from '../studio.js';

/** A disk of 16 MB of its own. */
function mountDisk({ skip }: TestContext): string {
  const path = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    skip('Only root on Linux can mount a disk that may be filled.');
  }
  onTestFinished(() => void execFileSync('umount', ['-l', path]));
  return path;
}

/** Writes until not one byte more fits. @returns a function that makes room again. */
function fill(disk: string): () => void {
  const path = join(disk, `filler ${statfsSync(disk).bavail}`);
  const file = openSync(path, 'w');
  try {
    for (let size = 2 ** 20; size >= 1; ) {
      try {
        if (writeSync(file, Buffer.alloc(size)) < size) size = Math.floor(size / 2);
      } catch {
        size = Math.floor(size / 2);
      }
    }
  } finally {
    closeSync(file);
  }
  expect(statfsSync(disk).bavail).toBe(0);
  return () => rmSync(path);
}

async function openOn(disk: string) {
  const ledger = await openLedger(join(disk, 'ledger.db'));
  onTestFinished(() => ledger.destroy());
  const studio = await openStudio({ folder: { path: disk, ledger }, limits: { minFreeBytes: 4 * 2 ** 20 } });
  await studio.start();
  return studio;
}

describe('with not a byte left on the disk', () => {
  it('a picture fails with a sentence, nobody is accepted, and painting goes on when there is room', async (test) => {
    const disk = mountDisk(test);
    const { jobs, painter, publisher, clock } = await openOn(disk);
    const [first, second] = [await jobs.accept(order()), await jobs.accept(order())];
    await until(() => painter.paintings.length === 1);
    const makeRoom = fill(disk);
    await expect(jobs.accept(order())).rejects.toThrow(/diskFull/);
    painter.current.save(1, 'a state');
    painter.current.finish();
    await until(async () => (await jobs.find(first.id))?.announced === true);
    expect(await jobs.find(first.id)).toMatchObject({
      state: 'failed',
      reason: { kind: 'diskFull' },
    });
    expect(publisher.statesOf(first.id)).toEqual(['failed']);
    expect(clock.sleeping).toBe(0);

    await until(() => painter.paintings.length === 2);
    makeRoom();
    painter.current.finish();
    await until(async () => (await jobs.find(second.id))?.state === 'done');
    const third = await jobs.accept(order());
    await until(() => painter.paintings.length === 3);
    painter.current.finish();
    await until(async () => (await jobs.find(third.id))?.state === 'done');
  });

  it('nor any room kept for the ledger, whoever asks hears a sentence, and what happened waits to be recorded', async (test) => {
    const disk = mountDisk(test);
    const { jobs, painter, store, clock } = await openOn(disk);
    const [first, second] = [await jobs.accept(order()), await jobs.accept(order())];
    await until(() => painter.paintings.length === 1);
    store.reserve.release();
    const makeRoom = fill(disk);
    await expect(jobs.cancel(second.id, ann)).rejects.toThrow(/diskFull/);
    painter.current.finish();
    await until(() => clock.sleeping === 1);
    expect((await jobs.find(first.id))?.state).toBe('painting');
    makeRoom();
    clock.advance(5_000);
    await until(async () => (await jobs.find(first.id))?.announced === true);
    expect((await jobs.find(first.id))?.reason).toEqual({ kind: 'diskFull' });
    expect((await jobs.cancel(second.id, ann)).state).toBe('cancelled');
  });
});
