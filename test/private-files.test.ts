import { chmodSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { closeToOthers, makePrivateFile, openToOthers } from '../src/private-files.js';

const folder = mkdtempSync(join(tmpdir(), 'easel-private-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(process.platform === 'win32')('private files', () => {
  it('are made for their owner alone, and what is there is left as it is', () => {
    const file = join(folder, 'made');
    makePrivateFile(file);
    expect(openToOthers(file)).toBeUndefined();
    chmodSync(file, 0o640);
    makePrivateFile(file);
    expect(openToOthers(file)).toBe('640');
    expect(openToOthers(join(folder, 'nothing'))).toBeUndefined();
  });

  it('are closed to others, but nothing that a link leads to', () => {
    const file = join(folder, 'open');
    writeFileSync(file, '', { mode: 0o644 });
    const link = join(folder, 'link');
    symlinkSync(file, link);
    closeToOthers(link);
    expect(statSync(file).mode & 0o777).toBe(0o644);
    closeToOthers(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    closeToOthers(join(folder, 'nothing'));
  });
});
