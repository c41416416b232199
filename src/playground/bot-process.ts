import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How soon a bot that died is started again, growing with every death in a row. */
const RESTART_MS = [500, 2_000, 10_000];
/** One that lived so long is not dying in a row. */
const SETTLED_MS = 30_000;
/** How long one that was asked to leave may take. */
const LEAVE_WITHIN_MS = 20_000;

export interface BotProcessSettings {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Whether `command` is a line for the shell, and starts a bot that knows nothing of us. */
  readonly shell?: boolean;
  /** Whatever it prints. */
  readonly onOutput: (text: string) => void;
  /** Called when it has come or gone. */
  readonly onChange: () => void;
}

/** A bot as a child process, started again when it dies, until it is told to stop. */
export interface BotProcess {
  readonly isRunning: () => boolean;
  /** Whether it is meant to run: between two lives it is not running, and yet not stopped. */
  readonly isWanted: () => boolean;
  start(): void;
  /** Asks it to leave, and resolves when it has. */
  stop(): Promise<void>;
  /** Kills it as a crash would (SIGKILL); a new one comes after it. */
  kill(): void;
}

export function createBotProcess(settings: BotProcessSettings): BotProcess {
  const { env, shell = false, onOutput, onChange } = settings;
  const { command, args } = shell ? leashed(settings.command) : settings;
  let child: ChildProcess | undefined;
  let isWanted = false;
  let deaths = 0;
  let timer: NodeJS.Timeout | undefined;

  const live = () => {
    const begun = performance.now();
    // The channel tells it when we are gone, however that happened.
    const born = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    child = born;
    born.stdout?.on('data', (data) => onOutput(String(data)));
    born.stderr?.on('data', (data) => onOutput(String(data)));
    born.once('error', (error) => onOutput(`${error.message}\n`));
    born.once('close', () => {
      child = undefined;
      deaths = performance.now() - begun > SETTLED_MS ? 1 : deaths + 1;
      if (isWanted) timer = setTimeout(live, RESTART_MS[Math.min(deaths, RESTART_MS.length) - 1]);
      onChange();
    });
    onChange();
  };

  // What holds a leash takes what hangs on it along, when it is let go.
  const end = (ending: ChildProcess) => {
    if (shell) ending.disconnect();
    else ending.kill('SIGKILL');
  };

  return {
    isRunning: () => child !== undefined,
    isWanted: () => isWanted,
    start() {
      if (isWanted) return;
      isWanted = true;
      deaths = 0;
      if (child === undefined) live();
    },
    async stop() {
      isWanted = false;
      clearTimeout(timer);
      onChange();
      const leaving = child;
      if (leaving === undefined) return;
      const gone = new Promise((resolve) => leaving.once('close', resolve));
      const force = setTimeout(() => end(leaving), LEAVE_WITHIN_MS);
      leaving.kill('SIGTERM');
      await gone;
      clearTimeout(force);
    },
    kill() {
      if (child !== undefined) end(child);
    },
  };
}

/** A line for the shell, run by `leash.ts`; from the sources that needs the loader this process has. */
function leashed(line: string): Pick<BotProcessSettings, 'command' | 'args'> {
  const isSource = import.meta.url.endsWith('.ts');
  const leash = fileURLToPath(new URL(isSource ? './leash.ts' : './leash.js', import.meta.url));
  const loader = isSource ? ['--import', 'tsx'] : [];
  return { command: process.execPath, args: [...loader, leash, line] };
}
