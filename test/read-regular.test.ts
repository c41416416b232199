import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadDotEnv } from '../src/config.js';
import { openFileSource } from '../src/checkpoints/byte-source.js';
import { readPictures } from '../src/cli/given-pictures.js';
import { readPaintedBefore } from '../src/cli/painted-before.js';
import { hashFile } from '../src/hash-file.js';
import { readConfigFile } from '../src/installer/configs/read-config-file.js';
import { openRegular, readRegular, readRegularSync } from '../src/read-regular.js';
import { Store } from '../src/store/store.js';
import { loadModel } from '../src/zoo/load-model.js';

const folder = mkdtempSync(join(tmpdir(), 'easel-regular-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A pipe to which nobody ever writes. */
function pipe(name: string): string {
  const path = join(folder, name);
  execFileSync('mkfifo', [path]);
  return path;
}

describe.skipIf(process.platform === 'win32')('a pipe where a file belongs', () => {
  const path = process.platform === 'win32' ? '' : pipe('pipe');

  it.each<[string, (path: string) => unknown]>([
    ['any file', readRegular],
    ['any file, at once', readRegularSync],
    ['a file whose hash is wanted', hashFile],
    ['weights', openFileSource],
    ['a configuration', readConfigFile],
    ['.env', loadDotEnv],
    ['a picture', (init) => readPictures({ init })],
    ['a picture that was painted', readPaintedBefore],
  ])('is refused with a sentence and not waited for, as %s', async (_, read) => {
    await expect((async () => read(path))()).rejects.toThrow(
      /regular file|cannot be read|something else|to be a file/,
    );
  });

  it('is no manifest, no file of a model, and nothing in the store', async () => {
    const model = mkdtempSync(join(folder, 'model-'));
    execFileSync('mkfifo', [join(model, 'manifest.json')]);
    await expect(loadModel({ folder: model })).rejects.toThrow('manifest.json cannot be read');
    const store = await Store.open({ folder: join(folder, 'data') });
    const name = await store.put(new Uint8Array([1]));
    const stored = join(folder, 'data', 'files', name.slice(0, 2), name);
    rmSync(stored);
    execFileSync('mkfifo', [stored]);
    await expect(store.get(name)).rejects.toThrow('regular file');
  });
});

describe('readRegular', () => {
  it('reads files, also through links, and says what is not there', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'words');
    symlinkSync(file, join(folder, 'link'));
    expect(String(await readRegular(join(folder, 'link')))).toBe('words');
    expect(String(readRegularSync(file))).toBe('words');
    await expect(openRegular(join(folder, 'nothing'))).rejects.toThrow('ENOENT');
    expect(() => readRegularSync(folder)).toThrow('regular file');
  });
});
