import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { packageRoot } from '../../src/package-root.js';
import type { Answer, Question } from './bot-entry.js';

/** Compiled beforehand: a compiler in the bot's process would be counted as its own. */
const ENTRY = join(packageRoot(), 'node_modules', '.cache', 'easel', 'bench', 'bot-entry.mjs');
await build({
  entryPoints: [fileURLToPath(new URL('./bot-entry.ts', import.meta.url))],
  ...{ outfile: ENTRY, bundle: true, packages: 'external', platform: 'node', format: 'esm' },
});

/** The bot in a process of its own. */
export interface BenchedBot {
  /** From the making of the process until it was online, ms. */
  readonly onlineMs: number;
  /** The part of it after Node and the program's files were loaded, ms. */
  readonly startMs: number;
  tell(question: Question): void;
  /** Sends a question and waits for the answer of that type. */
  ask<Type extends Answer['type']>(question: Question, type: Type): Promise<Extract<Answer, { type: Type }>>;
  stop(): Promise<void>;
}

export async function startBenchedBot(environment: Readonly<Record<string, string>>): Promise<BenchedBot> {
  const begun = performance.now();
  const child = fork(ENTRY, [packageRoot()], {
    execArgv: [],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
  });
  const hear = listener(child);
  const { startMs } = await hear('ready');
  return {
    onlineMs: performance.now() - begun,
    startMs,
    tell: (question) => void child.send(question),
    ask(question, type) {
      child.send(question);
      return hear(type);
    },
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

function listener(child: ChildProcess) {
  return <Type extends Answer['type']>(type: Type) =>
    new Promise<Extract<Answer, { type: Type }>>((resolve, reject) => {
      const onExit = (code: number | null) => reject(new Error(`The bot ended with code ${code}.`));
      const onMessage = (answer: Answer) => {
        if (answer.type !== type) return;
        child.off('message', onMessage);
        child.off('exit', onExit);
        // The type was just compared.
        resolve(answer as Extract<Answer, { type: Type }>);
      };
      child.on('message', onMessage);
      child.once('exit', onExit);
    });
}
