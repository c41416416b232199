import { type ChildProcess, spawn } from 'node:child_process';

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
  /** Whether `command` is a line for the shell. */
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
  const { command, args, env, shell = false, onOutput, onChange } = settings;
  let child: ChildProcess | undefined;
  let isWanted = false;
  let deaths = 0;
  let timer: NodeJS.Timeout | undefined;

  const live = () => {
    const begun = performance.now();
    // The channel tells it when we are gone, however that happened.
    const born = spawn(command, args, { env, shell, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
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
      const force = setTimeout(() => leaving.kill('SIGKILL'), LEAVE_WITHIN_MS);
      leaving.kill('SIGTERM');
      await gone;
      clearTimeout(force);
    },
    kill() {
      child?.kill('SIGKILL');
    },
  };
}
