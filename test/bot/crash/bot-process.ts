import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Atelier } from '../atelier.js';
import type { Report } from './bot-entry.js';
import { formatKill, type Kill } from './kill.js';

const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** The bot as a process of its own. */
export interface BotProcess {
  /** Resolves with how it went: `ready`, or gone before. */
  readonly ready: Promise<boolean>;
  /** Resolves when the process is gone. */
  readonly gone: Promise<void>;
  readonly isGone: () => boolean;
  /** Whether the kill it was told of happened. */
  readonly wasKilled: () => boolean;
  /** Asks it to leave and waits. */
  stop(): Promise<void>;
}

export function startBotProcess(
  { discord, dataDir }: Atelier,
  kill: Kill | undefined,
  clockStepMs = 0,
): BotProcess {
  const child: ChildProcess = fork(join(import.meta.dirname, 'bot-entry.ts'), [], {
    execArgv: ['--import', TSX],
    env: {
      PATH: process.env['PATH'],
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.restUrl,
      DATA_DIR: dataDir,
      MODEL: 'tiny',
      PROVIDER: 'cpu',
      THREADS: '1',
      LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
      MAX_QUEUED_PER_USER: '100',
      MAX_PER_MINUTE: '10000',
      MAX_STEPS: '2000',
      KILL: kill ? formatKill(kill) : '',
      CLOCK_STEP_MS: String(clockStepMs),
    },
  });
  let exited = false;
  let signal: NodeJS.Signals | null = null;
  let painterKilled = false;
  const gone = new Promise<void>((resolve) => {
    child.once('exit', (_, by) => {
      exited = true;
      signal = by;
      resolve();
    });
  });
  const ready = new Promise<boolean>((resolve) => {
    child.on('message', (report: Report) => {
      if (report.type === 'ready') resolve(true);
      else painterKilled = true;
    });
    gone.then(() => resolve(false));
  });
  return {
    ready,
    gone,
    isGone: () => exited,
    wasKilled: () => painterKilled || signal === 'SIGKILL',
    async stop() {
      if (!exited) child.kill('SIGTERM');
      await gone;
    },
  };
}
