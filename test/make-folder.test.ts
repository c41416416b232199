import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeFolder } from '../src/make-folder.js';

const folder = mkdtempSync(join(tmpdir(), 'easel-make-folder-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('makeFolder', () => {
  it('makes a folder with all above it, and leaves one that is there alone', () => {
    const deep = join(folder, 'a', 'b', 'c');
    makeFolder(deep);
    writeFileSync(join(deep, 'kept'), '');
    makeFolder(deep);
    expect(existsSync(join(deep, 'kept'))).toBe(true);
  });

  it('says so where a file is in the way', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(() => makeFolder(file)).toThrow('EEXIST');
    expect(() => makeFolder(join(file, 'below'))).toThrow(/ENOTDIR|EEXIST/);
  });

  it.runIf(existsSync('/proc/self'))('ends where folders cannot be, with an error', () => {
    expect(() => makeFolder('/proc/easel/data')).toThrow('/proc/easel');
  });
});
