import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writeTinyModel } from '../support/tiny-model.js';

const EASEL = fileURLToPath(new URL('../../src/easel.ts', import.meta.url));

describe('easel playground', () => {
  it('says when it passes a port over, and serves its page at the next', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo; // a TCP server, listening
    const { said, address, stop } = await start(['--port', String(port), '--bot', 'sleep 600']);
    expect(said()).toContain(`Port ${port} is taken; the next free one is used.`);
    expect(said()).toContain(join('playground-other', 'bot.log'));
    expect(Number(new URL(address).port)).toBeGreaterThan(port);
    expect(await (await fetch(address)).text()).toContain('playground-secret');
    expect(await stop()).toBe(0);
  });

  it.skipIf(process.platform !== 'linux')('takes the bot with it when it is killed', async () => {
    const { child, folder } = await start(['--port', '0']);
    await expect.poll(() => textOf(join(folder, 'playground', 'bot.log'))).toContain('is online');
    const bot = childrenOf(child.pid);
    expect(bot).toHaveLength(1);
    child.kill('SIGKILL');
    await expect.poll(() => bot.filter(isAlive)).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')(
    'takes another’s bot with it, too, and all that started',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'easel-other-'));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      const pids = join(folder, 'pids');
      writeFileSync(
        join(folder, 'bot.mjs'),
        `import { appendFileSync } from 'node:fs';
       appendFileSync(${JSON.stringify(pids)}, process.pid + ' ' + process.env.DISCORD_API_URL + '\\n');
       setInterval(() => {}, 1000);`,
      );
      const line = `${process.execPath} ${join(folder, 'bot.mjs')}; true`;
      const { child } = await start(['--port', '0', '--bot', line]);
      await expect.poll(() => textOf(pids)).toMatch(/^\d+ http:\/\/127\.0\.0\.1:\d+\/api\n$/);
      const bot = Number.parseInt(textOf(pids), 10);
      expect(isAlive(bot)).toBe(true);
      child.kill('SIGKILL');
      await expect.poll(() => isAlive(bot)).toBe(false);
    },
  );
});

/** A playground in a process of its own, once it has said where it is. */
async function start(flags: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'easel-cli-'));
  const models = join(folder, 'playground', 'bot', 'models', 'tiny');
  mkdirSync(models, { recursive: true });
  await writeTinyModel(models);
  const env = { ...process.env, DATA_DIR: folder, MODEL: 'tiny', THREADS: '1', DISCORD_TOKEN: '' };
  const child = spawn(process.execPath, ['--import', 'tsx', EASEL, 'playground', ...flags], { env });
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      text += String(data);
    });
  }
  const at = () => /The playground is at (\S+)/.exec(text)?.[1];
  await expect.poll(() => at() ?? (child.exitCode === null ? '' : text)).toContain('http');
  return { child, folder, address: at() ?? '', said: () => text, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<number | null> {
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Ids of the processes a process has started. */
function childrenOf(pid: number | undefined): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((id) => / \(.*\) \S (\d+) /s.exec(` ${textOf(`/proc/${id}/stat`)}`)?.[1] === String(pid));
}

function isAlive(pid: number): boolean {
  // One that has ended and that nobody has asked about counts as gone.
  return /\) [^Z] /.test(textOf(`/proc/${pid}/stat`));
}
