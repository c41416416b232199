import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** One run of a contestant's work. */
export interface Measurement {
  readonly ms: number;
  readonly cpuMs: number;
  /** The most memory its process has held so far. */
  readonly peakBytes: number;
}

/** A process of its own that does the same work as often as it is asked. */
export interface Contestant {
  /** What it calls itself, with its version. */
  readonly label: string;
  measure(): Promise<Measurement>;
  close(): Promise<void>;
}

/** Graphs that together are one contestant's work. */
export interface GraphWork {
  readonly graphs: readonly {
    readonly path: string;
    /** How often the work runs it. */
    readonly times: number;
    readonly inputs: readonly {
      readonly name: string;
      readonly elementType: string;
      readonly shape: readonly number[];
    }[];
  }[];
  readonly threads: number;
  /** Spinning threads are faster, but their waiting counts as CPU time. */
  readonly spinning: boolean;
}

/** ONNX Runtime with our session options running the graphs, in a fresh child process. */
export const onnxRuntime = (work: GraphWork) => forked(new URL('worker.ts', import.meta.url), work);

/** The fastest warm run of each graph by itself, summed, in a fresh child process with the same session options. */
export const arithmeticFloor = (work: GraphWork) => forked(new URL('floor-worker.ts', import.meta.url), work);

/** A script of ours in a fresh child process: given its work as JSON, it reports its version, then a measurement a message. */
export async function forked(script: URL, work: object): Promise<Contestant> {
  const child = fork(fileURLToPath(script), [JSON.stringify(work)], {
    execArgv: ['--import', 'tsx'],
    stdio: 'inherit',
  });
  const next = () => answerOf<Measurement & { readonly version: string }>(child, once(child, 'message'));
  const { version } = await next();
  return {
    label: `ONNX Runtime ${version}`,
    measure: async () => {
      child.send('run');
      return next();
    },
    close: () => closing(child, () => child.disconnect()),
  };
}

/** How PyTorch keeps pictures in memory: NCHW or NHWC. */
export type Layout = 'contiguous' | 'channels-last';

export interface PyTorchOptions {
  /** The interpreter that has torch. */
  readonly python: string;
  readonly layout: Layout;
  readonly threads: number;
  /** Which file of bench/pytorch runs the work; gradients.py when absent. */
  readonly script?: string;
  /** What that file is to run, as it expects it. */
  readonly work: object;
}

export async function pyTorch({
  python,
  layout,
  threads,
  script: file = 'gradients.py',
  work,
}: PyTorchOptions): Promise<Contestant> {
  const script = fileURLToPath(new URL(`../pytorch/${file}`, import.meta.url));
  const child = spawn(
    python,
    [script, '--threads', String(threads), '--layout', layout, JSON.stringify(work)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: child.stdout });
  const next = async <Answer>(): Promise<Answer> => {
    const [line] = await answerOf<string>(child, once(lines, 'line')).then((text) => [text]);
    return JSON.parse(line ?? '') as Answer; // the script is ours
  };
  const { ready } = await next<{ readonly ready: string }>();
  return {
    label: `PyTorch ${ready}, ${layout}`,
    measure: async () => {
      child.stdin.write('run\n');
      return next<Measurement>();
    },
    close: () => closing(child, () => child.stdin.end()),
  };
}

/** The next answer of a child, or its death as an error. */
async function answerOf<Answer>(child: ChildProcess, answer: Promise<unknown[]>): Promise<Answer> {
  const stop = new AbortController();
  const death = once(child, 'exit', { signal: stop.signal }).then(([code, signal]) => {
    throw new Error(`The measured process ended: ${signal ?? `exit code ${code}`}.`);
  });
  try {
    const [first] = await Promise.race([answer, death]);
    return first as Answer; // what our own processes send
  } finally {
    stop.abort();
    death.catch(() => undefined);
  }
}

async function closing(child: ChildProcess, ask: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  ask();
  await exit;
}
