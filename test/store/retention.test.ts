import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sweep } from '../../src/store/retention.js';
import { Store } from '../../src/store/store.js';

const NOW = 1_000_000_000_000;

/** A store with files of 100 bytes, one for each age. */
async function storeWith(agesMs: readonly number[]) {
  const folder = mkdtempSync(join(tmpdir(), 'easel-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const store = await Store.open({ folder });
  const names: string[] = [];
  for (const [index, age] of agesMs.entries()) {
    const name = await store.put(new Uint8Array(100).fill(index));
    const putAt = new Date(NOW - age);
    utimesSync(join(folder, 'files', name.slice(0, 2), name), putAt, putAt);
    names.push(name);
  }
  const left = async () => {
    const found = new Set((await store.list()).map(({ name }) => name));
    return names.map((name) => found.has(name));
  };
  return { store, names, left };
}

const bounds = { now: NOW, maxAgeMs: 1000, maxBytes: 1e9, graceMs: 10, needed: new Set<string>() };

describe('sweep', () => {
  it('lets files go that are older than the limit', async () => {
    const { store, left } = await storeWith([1001, 999]);
    expect(await sweep(store, bounds)).toEqual({ removed: 1, freedBytes: 100, keptBytes: 100 });
    expect(await left()).toEqual([false, true]);
  });

  it('lets the oldest go until the rest fits', async () => {
    const { store, left } = await storeWith([100, 400, 300, 200]);
    await sweep(store, { ...bounds, maxBytes: 250 });
    expect(await left()).toEqual([true, false, false, true]);
  });

  it('keeps what just meets a bound, and takes what is just out of grace', async () => {
    const { store, left } = await storeWith([1000, 10, 9]);
    await sweep(store, { ...bounds, maxBytes: 300 });
    expect(await left()).toEqual([true, true, true]);
    await sweep(store, { ...bounds, maxBytes: 299 });
    expect(await left()).toEqual([false, true, true]);
    await sweep(store, { ...bounds, maxBytes: 0 });
    expect(await left()).toEqual([false, false, true]);
  });

  it('never takes what a job needs or what was just put, whatever the bounds', async () => {
    const { store, names, left } = await storeWith([5000, 5, 5000]);
    await sweep(store, { ...bounds, maxAgeMs: 0, maxBytes: 0, needed: new Set(names.slice(0, 1)) });
    expect(await left()).toEqual([true, true, false]);
  });

  it('takes a file that was put again for a young one', async () => {
    const { store, left } = await storeWith([5000]);
    await store.put(new Uint8Array(100).fill(0));
    await sweep(store, bounds);
    expect(await left()).toEqual([true]);
  });
});
