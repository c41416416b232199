import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import * as nodeDisk from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UserError } from '../../src/errors.js';
import { DiskFullError } from '../../src/store/disk-full.js';
import { Store } from '../../src/store/store.js';
import type { Disk } from '../../src/store/write-atomically.js';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'easel-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const bytes = new TextEncoder().encode('a picture');
const name = createHash('sha256').update(bytes).digest('hex');
const pathIn = (folder: string) => join(folder, 'files', name.slice(0, 2), name);

/** A disk on which every new file is `/dev/full`: the system itself refuses the bytes. */
const fullDisk: Disk = {
  ...nodeDisk,
  open: (path, flags) => nodeDisk.open(flags === 'wx' ? '/dev/full' : path, flags === 'wx' ? 'w' : flags),
};

describe('Store', () => {
  it('gives back what was put, under its sha256', async () => {
    const folder = temporaryFolder();
    const store = await Store.open({ folder });
    expect(await store.put(bytes)).toBe(name);
    expect(await store.put(bytes)).toBe(name);
    expect(Buffer.from((await store.get(name)) ?? [])).toEqual(Buffer.from(bytes));
    const reopened = await Store.open({ folder });
    expect(await reopened.get(name)).toBeDefined();
    await reopened.remove(name);
    await reopened.remove(name);
    expect(await reopened.get(name)).toBeUndefined();
  });

  it('keeps pictures from everybody but their owner', async () => {
    const folder = join(temporaryFolder(), 'data');
    const store = await Store.open({ folder });
    await store.put(bytes);
    const entries = [
      '',
      'files',
      'tmp',
      'reserve',
      join('files', name.slice(0, 2)),
      join('files', name.slice(0, 2), name),
    ];
    const modes = entries.map((entry) => (statSync(join(folder, entry)).mode & 0o777).toString(8));
    expect(modes).toEqual(['700', '700', '700', '600', '700', '600']);
  });

  it('takes a damaged file for a missing one, and writes it anew', async () => {
    const folder = temporaryFolder();
    const store = await Store.open({ folder });
    await store.put(bytes);
    truncateSync(pathIn(folder), 3);
    expect(await store.get(name)).toBeUndefined();
    await store.put(bytes);
    expect(readFileSync(pathIn(folder))).toEqual(Buffer.from(bytes));
  });

  it.each(['../../../etc/passwd', 'a'.repeat(63), 'A'.repeat(64), ''])(
    'makes no path of %j',
    async (hostile) => {
      const store = await Store.open({ folder: temporaryFolder() });
      await expect(store.get(hostile)).rejects.toThrow(/sha256/);
      await expect(store.remove(hostile)).rejects.toThrow(/sha256/);
    },
  );

  it('clears away what a crash left half written, nothing of anyone else’s, and never lists it', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'tmp'), { recursive: true });
    writeFileSync(join(folder, 'tmp', '6f9619ff-8b86-4d01-b42d-00cf4fc964ff'), 'half');
    mkdirSync(join(folder, 'tmp', 'systemd-private'));
    writeFileSync(join(folder, 'tmp', 'thesis.txt'), 'of a stranger');
    const store = await Store.open({ folder });
    expect(readdirSync(join(folder, 'tmp'))).toEqual(['systemd-private', 'thesis.txt']);
    expect(await store.list()).toEqual([]);
  });

  it('says in a sentence that the disk is full, keeps nothing of the attempt, and works once there is room', async () => {
    const folder = temporaryFolder();
    const store = await Store.open({ folder, disk: fullDisk });
    const error = await store.put(bytes).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DiskFullError);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toMatch(/no disk space/);
    expect(await store.get(name)).toBeUndefined();
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
    const withRoom = await Store.open({ folder });
    expect(await withRoom.put(bytes)).toBe(name);
  });

  it('shows a file whole or not at all when the write breaks off before the rename', async () => {
    const folder = temporaryFolder();
    const broken: Disk = { ...nodeDisk, rename: () => Promise.reject(new Error('power cut')) };
    const store = await Store.open({ folder, disk: broken });
    await expect(store.put(bytes)).rejects.toThrow('power cut');
    expect(await (await Store.open({ folder })).get(name)).toBeUndefined();
  });
});
