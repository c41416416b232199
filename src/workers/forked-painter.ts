import type { ChildProcess } from 'node:child_process';
import type { PaintEvent } from '../contracts/paint-event.js';
import {
  type PainterCommand,
  type PainterReport,
  type PainterSettings,
  painterReportSchema,
} from '../contracts/painter-messages.js';
import type { EncodedPicture } from '../contracts/picture.js';
import type { Logger } from '../log.js';
import { exitReason } from './exit-reason.js';
import type { Painter, PainterState, PaintOutcome, PaintTask } from './painter.js';
import { DEFAULT_PAINTER_LIMITS, type PainterLimits } from './painter-limits.js';
import { spawnPainter } from './spawn-painter.js';

export interface ForkedPainterOptions {
  readonly name: string;
  readonly settings: PainterSettings;
  readonly log: Logger;
  readonly limits?: Partial<PainterLimits>;
}

/** The painting under way. */
interface Sitting {
  readonly task: PaintTask;
  readonly settle: (outcome: PaintOutcome) => void;
  /** The longest step so far; 0 before the first. */
  longestMs: number;
}

const STDERR_TAIL = 4_000;

/**
 * A painter in a process of its own, made again whenever it dies, and killed when it is silent for too long, grows
 * too large or does not stop.
 *
 * Not split: state, process, watch and sitting change together, at the five things that can happen (a report, an
 * exit, a timer, a task, a stop).
 */
export class ForkedPainter implements Painter {
  readonly name: string;
  readonly #settings: PainterSettings;
  readonly #log: Logger;
  readonly #limits: PainterLimits;
  readonly #listeners: (() => void)[] = [];
  #state: PainterState = 'starting';
  #provider: string | null = null;
  #device: string | null = null;
  /** Set from its making until it is gone. */
  #child: ChildProcess | undefined;
  /** Set while `#state` is `painting`. */
  #sitting: Sitting | undefined;
  /** Why we killed the process, when we did. */
  #killedFor: string | undefined;
  /** Deaths since anything was painted to its end. */
  #deathsInARow = 0;
  #isLeaving = false;
  /** Runs out when the process must have said something; one at a time. */
  #watch: NodeJS.Timeout | undefined;
  /** Runs out when a cancelled painting or a leaving process must have ended. */
  #grace: NodeJS.Timeout | undefined;
  #restart: NodeJS.Timeout | undefined;
  /** Called at the next change of state. */
  #waiters: (() => void)[] = [];

  constructor({ name, settings, log, limits }: ForkedPainterOptions) {
    this.name = name;
    this.#settings = settings;
    this.#log = log.child({ painter: name });
    this.#limits = { ...DEFAULT_PAINTER_LIMITS, ...limits };
  }

  get state(): PainterState {
    return this.#state;
  }

  get provider(): string | null {
    return this.#provider;
  }

  get device(): string | null {
    return this.#device;
  }

  /** The process's id, for whoever watches it from outside; undefined while there is none. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  start(): void {
    if (this.#child !== undefined || this.#isLeaving) return;
    const child = spawnPainter(this.#settings);
    this.#child = child;
    this.#killedFor = undefined;
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-STDERR_TAIL);
      this.#log.warn({ stderr: text, job: this.#sitting?.task.job }, 'a painter complains');
    });
    child.on('message', (message: unknown) => this.#understand(message));
    // A last message can still be on its way when the exit is known: gone is who can say nothing more, too.
    let exit: string | undefined;
    const onGone = (reason: string) => {
      exit ??= reason;
      if (!child.connected && (child.exitCode !== null || child.signalCode !== null || !child.pid)) {
        if (this.#child === child) this.#onGone(exit, stderr);
      }
    };
    child.on('error', (error) => onGone(`could not be started (${error.message})`));
    child.on('exit', (code, signal) => onGone(exitReason(code, signal)));
    child.on('disconnect', () => {
      if (exit !== undefined) onGone(exit);
    });
    this.#await(this.#limits.startMs);
  }

  async paint(task: PaintTask): Promise<PaintOutcome> {
    while (this.#state !== 'idle') {
      if (this.#state === 'stopped' || task.signal.aborted) return { type: 'stopped' };
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
    const { job, request, images, adultLimit, state, signal } = task;
    const cancel = () => {
      this.#send({ type: 'cancel', job });
      this.#expectEnd();
    };
    try {
      return await new Promise((settle) => {
        this.#sitting = { task, settle, longestMs: 0 };
        this.#become('painting');
        this.#await(this.#limits.firstStepMs);
        this.#send({
          ...{ type: 'paint', job, request, images },
          ...(adultLimit !== undefined && { adultLimit }),
          ...(state && { state }),
        });
        if (signal.aborted) cancel();
        else signal.addEventListener('abort', cancel, { once: true });
      });
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  async stop(): Promise<void> {
    this.#isLeaving = true;
    clearTimeout(this.#restart);
    if (this.#child === undefined) this.#become('stopped');
    else {
      this.#send({ type: 'stop' });
      this.#expectEnd();
    }
    while (this.#state !== 'stopped') await new Promise<void>((resolve) => this.#waiters.push(resolve));
  }

  /** Who says what cannot be understood paints what nobody knows. */
  #understand(message: unknown): void {
    const read = painterReportSchema.safeParse(message);
    if (read.success) {
      this.#hear(read.data);
      return;
    }
    this.#log.error({ issues: read.error.issues }, 'a painter said what cannot be understood');
    this.#kill('said what cannot be understood');
  }

  #hear(report: PainterReport): void {
    const sitting = this.#sitting;
    switch (report.type) {
      case 'ready':
        this.#provider = report.provider;
        this.#device = report.device;
        this.#log.info({ provider: report.provider, device: report.device }, 'a painter is ready');
        this.#await(this.#limits.silenceMs);
        if (!this.#isLeaving) this.#become('idle');
        return;
      case 'unfit':
        this.#log.error({ reason: report.message }, 'a painter cannot work');
        return;
      case 'beat':
        if (report.rss > this.#limits.memory) {
          this.#kill(`needed more than ${Math.round(this.#limits.memory / 2 ** 20)} MB of memory`);
        }
        break;
      case 'state':
        if (sitting?.task.job === report.job)
          sitting.task.onState({ step: report.step, bytes: report.bytes });
        break;
      case 'event':
        if (sitting?.task.job === report.job) this.#hearEvent(sitting, report.event);
    }
    this.#awaitAgain();
  }

  #hearEvent(sitting: Sitting, event: PaintEvent<EncodedPicture>): void {
    if (event.type === 'done' || event.type === 'error') {
      if (event.type === 'done') this.#deathsInARow = 0;
      this.#settle(event, 'idle');
      return;
    }
    if (event.type === 'step') sitting.longestMs = Math.max(sitting.longestMs, event.ms);
    sitting.task.onProgress(event);
  }

  #onGone(exit: string, stderr: string): void {
    clearTimeout(this.#watch);
    clearTimeout(this.#grace);
    this.#child = undefined;
    if (this.#isLeaving) {
      this.#settle({ type: 'stopped' }, 'stopped');
      return;
    }
    const reason = this.#killedFor ?? exit;
    this.#deathsInARow += 1;
    const { backOffMs, longestBackOffMs } = this.#limits;
    const waitMs = Math.min(backOffMs * 2 ** (this.#deathsInARow - 1), longestBackOffMs);
    this.#log.error({ reason, stderr, waitMs, job: this.#sitting?.task.job }, 'a painter process is gone');
    this.#restart = setTimeout(() => this.start(), waitMs);
    this.#settle({ type: 'died', reason }, 'restarting');
  }

  /** Ends the sitting, if there is one, and changes state. */
  #settle(outcome: PaintOutcome, state: PainterState): void {
    const sitting = this.#sitting;
    this.#sitting = undefined;
    // A process that leaves keeps its grace, for it still has to go, and is not idle again.
    if (state === 'stopped' || !this.#isLeaving) {
      clearTimeout(this.#grace);
      this.#become(state);
    }
    sitting?.settle(outcome);
  }

  #become(state: PainterState): void {
    this.#state = state;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
    for (const listener of this.#listeners) listener();
  }

  #send(command: PainterCommand): void {
    const child = this.#child;
    // To a process that is going the channel may be closed already: its exit says so soon.
    if (child?.connected) child.send(command, (error) => error && this.#log.debug({ err: error }, 'unsent'));
  }

  /** After a sign of life: by when the next one is due. */
  #awaitAgain(): void {
    const sitting = this.#sitting;
    if (this.#state === 'starting' || this.#state === 'restarting') return;
    if (sitting?.longestMs === 0) this.#await(this.#limits.firstStepMs);
    else this.#await(Math.max(this.#limits.silenceMs, this.#stepsMs(this.#limits.silenceSteps)));
  }

  #await(ms: number): void {
    clearTimeout(this.#watch);
    const say = `made no progress for ${Math.round(ms / 1000)} seconds`;
    this.#watch = setTimeout(() => this.#kill(say), ms);
  }

  #expectEnd(): void {
    clearTimeout(this.#grace);
    const graceMs = Math.max(this.#limits.graceMs, this.#stepsMs(3));
    this.#grace = setTimeout(() => this.#kill('did not stop in time'), graceMs);
  }

  #stepsMs(steps: number): number {
    return steps * (this.#sitting?.longestMs ?? 0);
  }

  #kill(reason: string): void {
    this.#killedFor ??= reason;
    this.#child?.kill('SIGKILL');
  }
}
