import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import envPaths from 'env-paths';
import { loadDotEnv } from '../config.js';
import { messageOf } from '../errors.js';
import { run } from './run.js';
import { EXIT } from './shell.js';

/** How long an interrupted process may still last when everything of ours has ended. */
const LINGER_MS = 1_000;

/** Runs the command line as this process: its arguments, streams, signals, environment and exit code. */
export async function main(): Promise<void> {
  const interruption = new AbortController();
  // SIGHUP comes when the terminal is closed: what was painted so far is worth saving then too.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // The first asks for a tidy end within a step, the second does not wait for it.
      if (interruption.signal.aborted) process.exit(EXIT.interrupted);
      interruption.abort();
    });
  }
  // Whoever started us with a channel is gone, without having been able to say so.
  process.on('disconnect', () => interruption.abort());
  // It may have gone while we were loading.
  if (process.connected === false) interruption.abort();
  let isOutputLost = false;
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    // A reader that has seen enough (`easel models | head -1`) is no fault.
    if (code === 'EPIPE' || isOutputLost) return;
    isOutputLost = true;
    process.stderr.write(`The output cannot be written: ${message}.\n`);
    process.exitCode = EXIT.fault;
    interruption.abort();
  });
  // A terminal that is gone takes no words.
  process.stderr.on('error', () => undefined);

  try {
    loadDotEnv();
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = EXIT.badInput;
    return;
  }
  const { DATA_DIR, EASEL_CACHE_DIR } = process.env;
  const paths = envPaths('easel', { suffix: '' });
  const code = await run(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    isTerminal: process.stderr.isTTY === true,
    columns: () => process.stderr.columns,
    interrupted: interruption.signal,
    ...(process.stdin.isTTY === true && { confirm: confirmer(interruption.signal) }),
    dataDir: DATA_DIR ? resolve(DATA_DIR) : paths.data,
    cacheDir: EASEL_CACHE_DIR ? resolve(EASEL_CACHE_DIR) : paths.cache,
  });
  process.exitCode = isOutputLost ? EXIT.fault : code;
  // discord.js, told to end between two tries to reconnect, goes on trying; nothing else is left to wait for then.
  if (interruption.signal.aborted) setTimeout(() => process.exit(), LINGER_MS).unref();
}

/** Asks on the terminal; anything but yes is no. */
function confirmer(signal: AbortSignal) {
  return async (question: string): Promise<boolean> => {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      const answer = await lines.question(`${question} [y/N] `, { signal });
      return /^y(es)?$/i.test(answer.trim());
    } finally {
      lines.close();
    }
  };
}
