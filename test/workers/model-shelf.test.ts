import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { createRuntime } from '../../src/runtime/create-runtime.js';
import { ModelShelf } from '../../src/workers/model-shelf.js';
import { temporaryFolder } from '../ledger/fixtures.js';
import { writeTinyModel } from '../support/tiny-model.js';

async function shelfWith(names: readonly string[], warmModels: number): Promise<ModelShelf> {
  const dataDir = temporaryFolder();
  for (const name of names) await writeTinyModel(join(dataDir, 'models', name), { name });
  const runtime = createRuntime({ provider: 'cpu', threads: 1 });
  return new ModelShelf({ runtime, settings: { provider: 'cpu', dataDir, warmModels } });
}

describe('ModelShelf', () => {
  it('keeps the models used last warm, and no more', async () => {
    const shelf = await shelfWith(['a', 'b', 'c'], 2);
    const [a, b] = [await shelf.open('a'), await shelf.open('b')];
    expect(await shelf.open('a')).toBe(a);
    await shelf.open('c');
    expect(await shelf.open('a')).toBe(a);
    expect(await shelf.open('b')).not.toBe(b);
  });

  it('refuses a model that is not there, and lets nothing go for it', async () => {
    const shelf = await shelfWith(['a'], 1);
    const a = await shelf.open('a');
    await expect(shelf.open('nothing')).rejects.toThrow(UserError);
    expect(await shelf.open('a')).toBe(a);
  });
});
