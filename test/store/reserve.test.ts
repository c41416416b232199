import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Reserve } from '../../src/store/reserve.js';
import { temporaryFolder } from '../ledger/fixtures.js';

describe('Reserve', () => {
  it('keeps room on the disk until it is released, once', async () => {
    const path = join(temporaryFolder(), 'reserve');
    const reserve = new Reserve(path);
    expect(reserve.release()).toBe(false);
    await reserve.take();
    const { size, blocks } = statSync(path);
    expect(size).toBeGreaterThan(2 ** 20);
    expect(blocks * 512).toBeGreaterThanOrEqual(size);
    expect(reserve.release()).toBe(true);
    expect(existsSync(path)).toBe(false);
    expect(reserve.release()).toBe(false);
    await reserve.take();
    expect(reserve.release()).toBe(true);
  });

  it('does without where there is no room for it', async () => {
    const reserve = new Reserve(join(temporaryFolder(), 'nowhere', 'reserve'));
    await reserve.take();
    expect(reserve.release()).toBe(false);
  });
});
