import { cp, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { installedModels } from '../../src/zoo/installed-models.js';

let dataDir: string;
let manifest: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'easel-models-'));
  manifest = join(dataDir, 'models', 'copy', 'manifest.json');
  await cp(join(packageRoot(), 'models', 'pocket', 'manifest.json'), manifest);
});
afterEach(() => rm(dataDir, { recursive: true }));

/** A file changed just now might change again within its clock's tick: it is known again only when it has settled. */
async function settled(): Promise<void> {
  await vi.waitFor(async () => expect(Date.now() - (await stat(manifest)).ctimeMs).toBeGreaterThan(2000), {
    timeout: 10_000,
    interval: 50,
  });
}

/** The manifest with another number of steps, put in its place as installers do. */
async function replace(steps: number): Promise<void> {
  const text = (await readFile(manifest, 'utf8')).replace(/"steps": ?\d+/, `"steps":${steps}`);
  await writeFile(`${manifest}.new`, text);
  await rename(`${manifest}.new`, manifest);
}

describe('the installed models', () => {
  it('are read once, and again when a manifest has changed, is gone or is back', async () => {
    await settled();
    const models = installedModels(dataDir);
    const first = await models.find('copy');
    expect(await models.find('copy')).toBe(first);
    expect(await models.list()).toContain(first);
    await replace(77);
    expect((await models.find('copy'))?.defaults.steps).toBe(77);
    await replace(78);
    expect((await models.find('copy'))?.defaults.steps).toBe(78);
    await rm(manifest);
    expect(await models.find('copy')).toBeUndefined();
    expect((await models.list()).map(({ name }) => name)).toEqual(['pocket']);
    await cp(join(packageRoot(), 'models', 'pocket', 'manifest.json'), manifest);
    expect((await models.list()).map(({ name }) => name)).toEqual(['copy', 'pocket']);
  });
});
