import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { PainterSettings } from '../contracts/painter-messages.js';
import { painterEnvironment } from './painter-environment.js';

/** Runs from TypeScript in development and from JavaScript once built; the entry lies beside this file in both. */
const isTypeScript = import.meta.url.endsWith('.ts');
const ENTRY = fileURLToPath(new URL(`./painter-main.${isTypeScript ? 'ts' : 'js'}`, import.meta.url));

/** Makes a painter process. Its errors are on `stderr`; its standard output is thrown away. */
export function spawnPainter(settings: PainterSettings): ChildProcess {
  const execArgv = isTypeScript ? ['--import', loaderUrl()] : [];
  return fork(ENTRY, [JSON.stringify(settings)], {
    serialization: 'advanced',
    env: painterEnvironment(process.env),
    // Own flags only: an inspector's or a test runner's are not for it.
    execArgv,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}

/** Found from here, not from wherever the bot was started. */
function loaderUrl(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
}
