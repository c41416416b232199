import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { openWorkbench, sweepWorkshop } from '../../../src/installer/install/workshop.js';
import { temporaryFolder } from '../../ledger/fixtures.js';

/** The id of a process that is gone. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

it('is swept of what a killed installation left, and of nothing else', async () => {
  const dataDir = temporaryFolder();
  const workshop = join(dataDir, 'installing');
  expect(await sweepWorkshop(dataDir)).toEqual([]);
  const own = await openWorkbench(dataDir, 'imagenet-16384');
  const dead = await deadProcess();
  const left = `imagenet-16384-${dead}-aB3dE6`;
  for (const folder of [left, `notes-${dead}`, 'my-folder-abcdef']) await mkdir(join(workshop, folder));
  await writeFile(join(workshop, left, 'vqgan.safetensors'), 'half of it');
  await writeFile(join(workshop, `file-${dead}-aB3dE6`), 'a file');
  expect(await sweepWorkshop(dataDir)).toEqual([left]);
  const kept = [basename(own), `notes-${dead}`, 'my-folder-abcdef', `file-${dead}-aB3dE6`];
  expect((await readdir(workshop)).sort()).toEqual(kept.sort());
});
