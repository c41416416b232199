import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { TrainEvent } from '../../contracts/train-event.js';
import type { TrainRequest } from '../../contracts/train-request.js';
import { UserError } from '../../errors.js';
import type { TrainerReport } from './messages.js';

const isTypeScript = import.meta.url.endsWith('.ts');
const ENTRY = fileURLToPath(new URL(`./trainer-main.${isTypeScript ? 'ts' : 'js'}`, import.meta.url));
const STDERR_TAIL = 2_000;

export interface TrainInChildOptions {
  readonly signal: AbortSignal;
  /** Told the process's id once it runs. */
  readonly onStarted?: (pid: number) => void;
}

/**
 * Trains in a process of its own, since a running session blocks its thread. Aborting asks it to end after the step it is in;
 * the checkpoint is written before `done`.
 *
 * @throws UserError with the trainer's sentence, or an error that says how the process ended.
 */
export async function* trainInChild(
  request: TrainRequest,
  { signal, onStarted }: TrainInChildOptions,
): AsyncGenerator<TrainEvent, void, void> {
  const child = fork(ENTRY, [JSON.stringify(request)], {
    execArgv: isTypeScript ? ['--import', loaderUrl()] : [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  if (child.pid !== undefined) onStarted?.(child.pid);
  const reports: TrainerReport[] = [];
  let stderr = '';
  let exit: string | undefined;
  let wake: () => void = () => undefined;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_TAIL);
  });
  child.on('message', (report: TrainerReport) => {
    reports.push(report);
    wake();
  });
  child.on('close', (code, by) => {
    exit = by ?? `exit code ${code}`;
    wake();
  });
  const stop = () => child.connected && child.send('stop', () => undefined);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    let isDone = false;
    for (;;) {
      const report = reports.shift();
      if (report === undefined) {
        if (exit !== undefined) break;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      if ('error' in report) throw report.isTheirs ? new UserError(report.error) : new Error(report.error);
      isDone ||= report.event.type === 'done';
      yield report.event;
    }
    if (!isDone) throw new Error(`The trainer process ended too soon (${exit}). ${stderr}`.trim());
  } finally {
    signal.removeEventListener('abort', stop);
    if (exit === undefined) child.kill('SIGKILL');
  }
}

/** Found from here, not from wherever the program was started. */
function loaderUrl(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
}
