import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../ledger/fixtures.js';

const ENTRY = fileURLToPath(new URL('../../src/easel.ts', import.meta.url));
const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

describe.skipIf(process.platform === 'win32')('easel bot', () => {
  it('warns of an .env that others can read, and shows nothing of what is in it', () => {
    const folder = temporaryFolder();
    const token = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.secret.of-nobody';
    writeFileSync(join(folder, '.env'), `DISCORD_TOKEN=${token}\nDATA_DIR=data\nMODEL=nothing\n`);
    chmodSync(join(folder, '.env'), 0o644);
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', LOADER, ENTRY, 'bot'], {
      ...{ cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: folder } },
    });
    expect(status).toBe(2);
    expect(stderr).toContain('Unknown model `nothing`');
    expect(stdout + stderr).toContain('chmod 600 .env');
    expect(stdout + stderr).not.toContain('secret');
  });
});
