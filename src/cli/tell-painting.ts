import type { PaintEvent } from '../contracts/paint-event.js';
import type { PaintRequest } from '../contracts/paint-request.js';
import { createProgressLine } from './progress-line.js';
import type { Shell } from './shell.js';

/** Tells an event; `file` is where its picture was written. */
export type Tell = (event: PaintEvent, file: string | undefined) => void;

/** One event a line on standard output. */
export function tellJson(shell: Shell, { seed, width, height }: PaintRequest): Tell {
  return ({ type, ...event }, file) => {
    const { picture: _, ...fields } = { picture: undefined, ...event };
    const chosen = type === 'started' ? { seed, width, height } : {};
    shell.out(
      `${JSON.stringify({ event: type, ...fields, ...chosen, ...(file !== undefined && { file }) })}\n`,
    );
  };
}

/** A line that moves, and the name of the file at the end. */
export function tellPeople(shell: Shell, request: PaintRequest): Tell {
  const line = createProgressLine(shell, request.steps);
  return (event, file) => {
    if (event.type === 'started') {
      const { provider, device, steps } = event;
      const { width, height, seed } = request;
      shell.err(`${width} × ${height}, ${steps} steps, seed ${seed}, on ${provider} (${device})\n`);
    } else if (event.type === 'step') {
      line.update(event.step, event.loss, event.ms);
    } else if (event.type === 'done') {
      line.clear();
      const stopped = { finished: '', early: ', every stop reached', cancelled: ', stopped' }[event.ended];
      // Before the first step there is none.
      const loss = Number.isNaN(event.loss) ? '' : `, loss ${event.loss.toFixed(3)}`;
      shell.err(`${event.step} steps in ${event.seconds.toFixed(1)} s${loss}${stopped}\n`);
      shell.out(`${file}\n`);
    }
  };
}
