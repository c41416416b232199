import { median } from '../paint/median.js';
import type { Point } from './trace.js';

/** One painting of one contender. */
export interface Run {
  readonly contender: string;
  readonly prompt: string;
  readonly seed: number;
  readonly points: readonly Point[];
}

/** The loss that the reference ends with: the mean of its last points, since it trembles from step to step. */
export function targetOf({ points }: Run): number {
  const last = points.slice(-5);
  return last.reduce((sum, { loss }) => sum + loss, 0) / last.length;
}

/** The first point that is as good as the target; undefined where none is. */
export function arrival({ points }: Run, target: number): Point | undefined {
  return points.find(({ loss }) => loss <= target);
}

/** How a contender did beside the reference, over the same prompts and seeds. */
export interface Verdict {
  readonly runs: number;
  readonly arrived: number;
  /** Medians over the runs; those that never arrived count as infinite. */
  readonly steps: number;
  readonly seconds: number;
  /** Its seconds as a share of those that all of the reference's steps took. */
  readonly share: number;
  readonly worstShare: number;
}

export function judge(runs: readonly Run[], references: readonly Run[]): Verdict {
  const results = runs.flatMap((run) => {
    const reference = references.find(({ prompt, seed }) => prompt === run.prompt && seed === run.seed);
    const end = reference?.points.at(-1);
    if (!reference || !end) return [];
    const point = arrival(run, targetOf(reference));
    const { step, seconds } = point ?? { step: Number.POSITIVE_INFINITY, seconds: Number.POSITIVE_INFINITY };
    return [{ step, seconds, share: seconds / end.seconds }];
  });
  const over = (pick: (result: (typeof results)[number]) => number) => median(results.map(pick));
  return {
    runs: results.length,
    arrived: results.filter(({ step }) => step < Number.POSITIVE_INFINITY).length,
    steps: over(({ step }) => step),
    seconds: over(({ seconds }) => seconds),
    share: over(({ share }) => share),
    worstShare: Math.max(...results.map(({ share }) => share)),
  };
}
