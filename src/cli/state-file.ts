import type { Painter } from '../paint/api.js';
import { writeWhole } from './picture-file.js';

/** At most so much painting is lost when the machine goes down. */
const EVERY_MS = 5_000;

/** Keeps a painting's state in a file, so that it can be gone on with; without a file it keeps nothing. */
export function keepState(
  file: string | undefined,
  painter: Pick<Painter, 'state'>,
  now: () => number = () => performance.now(),
) {
  let writtenMs = now();
  const write = () => {
    const state = file === undefined ? undefined : painter.state();
    if (file !== undefined && state !== undefined) writeWhole(file, state);
    writtenMs = now();
  };
  return {
    /** To be called after a step. */
    step(): void {
      if (now() - writtenMs >= EVERY_MS) write();
    },
    /** To be called at the end. */
    end: write,
  };
}
