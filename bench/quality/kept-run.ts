import { existsSync, readFileSync } from 'node:fs';
import { writeWhole } from '../../src/cli/picture-file.js';
import type { Begun, TraceOptions } from './trace.js';
import type { Run } from './verdict.js';

/** What a file keeps of a run that is not over; what it kept before, where that was the same run. */
export function keptRun(file: string, run: Omit<Run, 'points'>): Pick<TraceOptions, 'begun' | 'keep'> {
  const key = JSON.stringify(run);
  return {
    begun: existsSync(file) ? read(readFileSync(file, 'utf8'), key) : undefined,
    keep: ({ points, state }) => {
      const kept: Kept = { key, points, state: Buffer.from(state).toString('base64') };
      writeWhole(file, Buffer.from(JSON.stringify(kept)));
    },
  };
}

interface Kept extends Pick<Begun, 'points'> {
  readonly key: string;
  /** Base64. */
  readonly state: string;
}

function read(text: string, key: string): Begun | undefined {
  const kept = JSON.parse(text) as Kept; // written above
  return kept.key === key ? { points: kept.points, state: Buffer.from(kept.state, 'base64') } : undefined;
}
