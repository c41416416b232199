#!/usr/bin/env node
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import envPaths from 'env-paths';
import { run } from './cli/run.js';
import { EXIT } from './cli/shell.js';
import { loadDotEnv } from './config.js';

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // The first asks for a tidy end within a step, the second does not wait for it.
    if (interruption.signal.aborted) process.exit(EXIT.interrupted);
    interruption.abort();
  });
}
// Whoever started us with a channel is gone, without having been able to say so.
process.on('disconnect', () => interruption.abort());
// A reader that has seen enough (`easel models | head -1`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

loadDotEnv();
const { DATA_DIR, EASEL_CACHE_DIR } = process.env;
const paths = envPaths('easel', { suffix: '' });
process.exitCode = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
  interrupted: interruption.signal,
  ...(process.stdin.isTTY === true && { confirm }),
  dataDir: DATA_DIR ? resolve(DATA_DIR) : paths.data,
  cacheDir: EASEL_CACHE_DIR ? resolve(EASEL_CACHE_DIR) : paths.cache,
});

async function confirm(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await lines.question(`${question} [y/N] `, { signal: interruption.signal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
