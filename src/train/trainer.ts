import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainEvent, TrainStage } from '../contracts/train-event.js';
import { UserError } from '../errors.js';
import { makeFolder } from '../make-folder.js';
import { readCheckpoint, writeCheckpoint } from './checkpoint.js';
import { openReport } from './report/report.js';
import type { Stage } from './stage.js';

export interface TrainOptions {
  readonly name: TrainStage;
  readonly stage: Stage;
  /** The model's folder; what belongs to the run lies below it in `training/STAGE`. */
  readonly out: string;
  readonly steps: number;
  readonly measureEvery: number;
  readonly saveEvery: number;
  readonly fresh: boolean;
  readonly device: string;
  /** Aborting ends the run after the step it is in, with a checkpoint. */
  readonly signal: AbortSignal;
}

/** Where a stage keeps its checkpoint, its log and its pictures. */
export function runFolder(out: string, stage: TrainStage): string {
  return join(out, 'training', stage);
}

/**
 * Trains until the last step: learns, measures, draws, saves. A run that was cut off at any moment goes on from its last
 * checkpoint as if it had never stopped, since a step's batch and chance follow from its number alone.
 *
 * @throws UserError when a loss is no number any more (the last checkpoint is kept), or nothing can be written.
 */
export async function* train(options: TrainOptions): AsyncGenerator<TrainEvent, void, void> {
  const { name, stage, out, steps, signal } = options;
  const folder = runFolder(out, name);
  makeFolder(folder);
  const checkpoint = { path: join(folder, 'checkpoint.safetensors'), settings: stage.settings };
  if (options.fresh) rmSync(checkpoint.path, { force: true });
  const first = readCheckpoint(checkpoint, stage.state);
  const report = openReport({ folder, name, from: first, steps });
  const began = performance.now();
  const { pictures, heldOut, parameters, batch } = stage;
  yield {
    type: 'started',
    stage: name,
    step: first,
    steps,
    pictures,
    heldOut,
    parameters,
    device: options.device,
    folder,
  };

  const measured = async (step: number): Promise<TrainEvent> => {
    const { metrics, sheet } = await stage.measure(step);
    const event = { type: 'measured', step, metrics } as const;
    report.add(event);
    await report.draw(sheet);
    return event;
  };
  let saved = first;
  const save = async (step: number): Promise<TrainEvent> => {
    await stage.export(step);
    await writeCheckpoint(checkpoint, stage.state, step);
    saved = step;
    return { type: 'saved', step };
  };
  try {
    for (let step = first + 1; step <= steps; step += 1) {
      const before = performance.now();
      const { losses, rate, norm } = await stage.step(step);
      const strange = strangeNumber({ ...losses, gradients: norm }, stage.state);
      if (strange !== undefined) {
        throw new UserError(
          `\`${strange}\` holds no numbers any more at step ${step}; ${keptSentence(saved)}. Try a smaller \`--rate\`.`,
        );
      }
      const ms = performance.now() - before;
      const event = { type: 'step', step, losses, rate, norm, ms, batch } as const;
      report.add(event);
      yield event;
      const isMeasured = step === steps || (step % options.measureEvery === 0 && !signal.aborted);
      // Who asked for the end waits for the checkpoint alone.
      const isSaved = step === steps || step % options.saveEvery === 0 || signal.aborted;
      if (isMeasured || isSaved) await stage.settle();
      if (isMeasured) yield await measured(step);
      if (isSaved) yield await save(step);
      if (signal.aborted) break;
      // The event loop gets a turn between two steps: a session blocks its thread.
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (first >= steps) {
      await stage.settle();
      yield await measured(first);
      await stage.export(first);
    }
  } catch (cause) {
    if (!isDiskFull(cause)) throw cause;
    throw new UserError(`There is no room on the disk any more; ${keptSentence(saved)}.`, { cause });
  }
  const ended = signal.aborted && saved < steps ? 'stopped' : 'finished';
  yield { type: 'done', step: Math.max(saved, first), ended, seconds: (performance.now() - began) / 1000 };
}

const keptSentence = (saved: number) =>
  saved > 0 ? `the checkpoint of step ${saved} is kept` : 'there is no checkpoint yet';

/** What is infinite or no number at all: a loss, or an array of the state. */
function strangeNumber(losses: Readonly<Record<string, number>>, state: Stage['state']): string | undefined {
  const loss = Object.entries(losses).find(([, value]) => !Number.isFinite(value));
  // A sum shows any of its terms.
  const array = Object.entries(state).find(([, values]) => !Number.isFinite(sumOf(values)));
  return (loss ?? array)?.[0];
}

function sumOf(values: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += values[index] as number; // within bounds
  return sum;
}

const NO_ROOM: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];

function isDiskFull(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && NO_ROOM.includes(cause.code);
}
