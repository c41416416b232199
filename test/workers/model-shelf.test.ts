import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import type { Painter } from '../../src/paint/api.js';
import { createRuntime } from '../../src/runtime/create-runtime.js';
import { ModelShelf } from '../../src/workers/model-shelf.js';
import { aRequest } from '../discord/support.js';
import { temporaryFolder } from '../ledger/fixtures.js';
import { writeTinyModel } from '../support/tiny-model.js';

interface Memory {
  readonly memoryBytes?: number;
  readonly spareBytes?: number;
}

async function openShelf(names: readonly string[], warmModels: number, memory: Memory = {}) {
  const dataDir = temporaryFolder();
  const write = (name: string, seed = 1) => writeTinyModel(join(dataDir, 'models', name), { name, seed });
  for (const name of names) await write(name);
  const runtime = createRuntime({ provider: 'cpu', threads: 1, ...memory });
  const shelf = new ModelShelf({ runtime, settings: { provider: 'cpu', dataDir, warmModels }, ...memory });
  return { shelf, write };
}

async function paintOn(painter: Painter, model: string): Promise<void> {
  const request = aRequest({ ...{ model, width: 32, height: 32, steps: 1, cutouts: 2 }, start: 'noise' });
  for await (const event of painter.paint({ request })) expect(event.type).not.toBe('error');
}

describe('ModelShelf', () => {
  it('keeps the models used last warm, and no more', async () => {
    const { shelf } = await openShelf(['a', 'b', 'c'], 2);
    const [a, b] = [await shelf.open('a'), await shelf.open('b')];
    expect(await shelf.open('a')).toBe(a);
    await shelf.open('c');
    expect(await shelf.open('a')).toBe(a);
    expect(await shelf.open('b')).not.toBe(b);
  });

  it('refuses a model that is not there, and lets nothing go for it', async () => {
    const { shelf } = await openShelf(['a'], 1);
    const a = await shelf.open('a');
    await expect(shelf.open('nothing')).rejects.toThrow(UserError);
    expect(await shelf.open('a')).toBe(a);
  });

  it('keeps no more than memory has room for, and never closes what is being painted with', async () => {
    const isKept = async (spareBytes: number) => {
      const { shelf } = await openShelf(['a', 'b'], 4, { memoryBytes: 10e6, spareBytes });
      const [a, b] = [await shelf.open('a'), await shelf.open('b')];
      await paintOn(b, 'b');
      expect(await shelf.open('b')).toBe(b);
      return (await shelf.open('a')) === a;
    };
    expect(await isKept(0)).toBe(true);
    expect(await isKept(10e6)).toBe(false);
  });

  it('opens a model anew that was removed and added again under its name', async () => {
    const { shelf, write } = await openShelf(['a'], 2);
    const before = await shelf.open('a');
    await write('a', 2);
    expect(await shelf.open('a')).not.toBe(before);
  });
});
