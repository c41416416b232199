import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cacheSecret } from '../../src/runtime/cache-secret.js';

const folder = mkdtempSync(join(tmpdir(), 'easel-secret-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('cacheSecret', () => {
  it('is made once for a data folder, for its owner alone, and is another elsewhere', () => {
    const data = join(folder, 'data');
    const secret = cacheSecret(data);
    expect(secret).toHaveLength(32);
    expect(cacheSecret(data)).toEqual(Buffer.from(secret));
    expect(statSync(join(data, 'cache.secret')).mode & 0o777).toBe(0o600);
    expect(cacheSecret(join(folder, 'other'))).not.toEqual(secret);
  });

  it('is good for one process where none can be kept', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(cacheSecret(file)).not.toEqual(cacheSecret(file));
    writeFileSync(join(folder, 'cache.secret'), 'short');
    expect(cacheSecret(folder)).toHaveLength(32);
  });
});
