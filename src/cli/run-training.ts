import { join } from 'node:path';
import type { StepEvent, TrainEvent } from '../contracts/train-event.js';
import type { TrainRequest } from '../contracts/train-request.js';
import { packageRoot } from '../package-root.js';
import { trainInChild } from '../train/process/train-in-child.js';
import { bar, secondsLeft } from './progress-line.js';
import { EXIT, type Shell } from './shell.js';
import { modelReference, type TrainOptions } from './train-options.js';

/** Trains and tells how it goes. */
export async function runTraining(
  request: TrainRequest,
  { json }: TrainOptions,
  shell: Shell,
): Promise<void> {
  const tell = json
    ? (event: TrainEvent) => shell.out(`${JSON.stringify(event)}\n`)
    : tellPeople(request, shell);
  for await (const event of trainInChild(request, { signal: shell.interrupted })) {
    tell(event);
    if (event.type === 'done' && event.ended === 'stopped') shell.exitWith(EXIT.interrupted);
  }
}

const SKIPPED_SHOWN = 10;

function tellPeople(request: TrainRequest, shell: Shell): (event: TrainEvent) => void {
  const recent: number[] = [];
  let skipped = 0;
  let steps = 1;
  let folder = '';
  const clear = () => shell.isTerminal && shell.err('\r\u001b[K');
  return (event) => {
    switch (event.type) {
      case 'started': {
        ({ steps, folder } = event);
        if (skipped > SKIPPED_SHOWN) shell.err(`… and ${skipped - SKIPPED_SHOWN} more that cannot be used\n`);
        const aside =
          event.heldOut > 0 ? `${event.heldOut} kept aside to measure on` : 'too few to keep any aside';
        shell.err(
          `${counted(event.pictures)} to learn from, ${aside}; ${millions(event.parameters)} parameters, on ${event.device}\n`,
        );
        if (event.step > 0) shell.err(`goes on from step ${event.step} of ${steps}\n`);
        shell.err(`to look at while it goes: ${join(folder, 'index.html')}\n`);
        return;
      }
      case 'skipped':
        skipped += 1;
        if (skipped <= SKIPPED_SHOWN) shell.err(`left out: ${event.file}: ${event.reason}\n`);
        return;
      case 'step':
        recent.push(event.ms);
        if (recent.length > 15) recent.shift();
        if (shell.isTerminal) shell.err(`\r${progress(event, steps, recent)}\u001b[K`);
        return;
      case 'measured':
        clear();
        shell.err(`step ${event.step}: ${listed(event.metrics)}\n`);
        return;
      case 'saved':
        return;
      case 'done':
        clear();
        shell.err(`${event.step} steps, ${event.ended} after ${minutes(event.seconds)}\n`);
        if (event.ended === 'stopped') shell.err('the same command goes on from here\n');
        shell.out(`${request.out}\n`);
        if (event.ended === 'finished') shell.err(`${nextCommand(request, shell)}\n`);
    }
  };
}

function progress({ step, losses, ms, batch }: StepEvent, steps: number, recent: readonly number[]): string {
  const pace = (batch * 1000) / ms;
  return `${bar(step / steps)} ${step}/${steps}  ${listed(losses)}  ${pace.toFixed(1)}/s  ${minutes(secondsLeft(recent, steps - step))} left`;
}

function nextCommand({ out }: TrainRequest, shell: Shell): string {
  return `paint with it: easel imagine "…" --model ${modelReference(out, shell, join(packageRoot(), 'models'))}`;
}

const listed = (numbers: Readonly<Record<string, number>>): string =>
  Object.entries(numbers)
    .map(([name, value]) => `${name} ${Number(value.toPrecision(3))}`)
    .join('  ');

const counted = (pictures: number): string => (pictures === 1 ? '1 picture' : `${pictures} pictures`);

const millions = (count: number): string => `${(count / 1e6).toFixed(1)} million`;

function minutes(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
