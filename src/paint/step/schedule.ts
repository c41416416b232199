import type { PaintRequest } from '../../contracts/paint-request.js';
import { isStory } from './chapters.js';
import { legEnds } from '../../requests/more-steps.js';

/** Adam's decay rates and guard against division by zero (Kingma and Ba 2015). */
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** The share of the learning rate that is left at the last step of a leg. */
const FINAL_SHARE = 0.1;
/** The share of a warm schedule in which the rate rises. */
const WARM_UP = 0.1;
/** With which share a further leg begins: enough to change what is there, too little to wipe it out. */
const RESUMED_SHARE = 0.5;

/** A stretch of steps on one grid of latent cells. */
export interface Phase {
  readonly rows: number;
  readonly columns: number;
  /** Steps are counted from 1; both ends belong to the phase. */
  readonly firstStep: number;
  readonly lastStep: number;
}

const cosine = (progress: number) => (1 + Math.cos(Math.PI * progress)) / 2;
/** The share of its range that the learning rate has at a progress of 0…1. */
const FALLS: Readonly<Record<NonNullable<PaintRequest['schedule']>, (progress: number) => number>> = {
  cosine,
  linear: (progress) => 1 - progress,
  constant: () => 1,
  warm: (progress) =>
    progress < WARM_UP ? progress / WARM_UP : cosine((progress - WARM_UP) / (1 - WARM_UP)),
};

type Scheduled = Pick<PaintRequest, 'steps'> &
  Partial<Pick<PaintRequest, 'legs' | 'schedule' | 'compat' | 'drift' | 'prompts'>>;

/**
 * The learning rate of a step: from its full value at step 1 along half a cosine, or as the schedule says, to a tenth at the last;
 * each further leg comes down in the same way, from half. What goes on for ever, a story or a journey, keeps the full rate, and so
 * does the reference.
 */
export function learningRateAt(step: number, request: Scheduled, full: number): number {
  const ends = legEnds(request);
  const leg = ends.findIndex((end) => step <= end);
  const [first, last] = [(ends[leg - 1] ?? 0) + 1, ends[leg] ?? request.steps];
  const highest = leg > 0 ? RESUMED_SHARE : 1;
  const progress = last === first ? 0 : (step - first) / (last - first);
  const isSteady = request.compat !== undefined || request.drift !== undefined || isStory(request);
  const fall = FALLS[request.schedule ?? (isSteady ? 'constant' : 'cosine')];
  return full * (FINAL_SHARE + (highest - FINAL_SHARE) * fall(progress));
}

/** What Adam's moments are multiplied by to undo their start at zero, after `count` updates. */
export function adamCorrections(count: number): readonly [number, number] {
  return [1 / (1 - ADAM.beta1 ** count), 1 / (1 - ADAM.beta2 ** count)];
}

/** The grids a request is painted on: the full one, or half of it first for the share of steps it asks. */
export function phasesOf(request: PaintRequest, factor: number): readonly Phase[] {
  const [rows, columns] = [request.height / factor, request.width / factor];
  // More steps behind the first leg do not change where it was coarse.
  const [first = request.steps] = legEnds(request);
  const coarseSteps = Math.min(Math.round(first * (request.coarse ?? 0)), first - 1);
  const full = { rows, columns, firstStep: coarseSteps + 1, lastStep: request.steps };
  if (coarseSteps < 1 || rows < 2 || columns < 2) return [{ ...full, firstStep: 1 }];
  const half = { rows: Math.ceil(rows / 2), columns: Math.ceil(columns / 2) };
  return [{ ...half, firstStep: 1, lastStep: coarseSteps }, full];
}

/** The phase that a step belongs to. */
export function phaseAt(phases: readonly Phase[], step: number): Phase {
  const phase = phases.find(({ lastStep }) => step <= lastStep);
  if (!phase) throw new Error(`No phase has step ${step}.`);
  return phase;
}

/** The coarsest and the finest grid. */
export interface Ends {
  readonly first: Phase;
  readonly last: Phase;
}

export function endsOf(phases: readonly Phase[]): readonly [Phase, Phase] {
  const [first, last] = [phases[0], phases.at(-1)];
  if (!first || !last) throw new Error('A painting has a phase.');
  return [first, last];
}

/** How many updates Adam's moments have seen after a step: they begin anew on another grid, and whenever the picture has moved. */
export function updatesAt(
  step: number,
  { drift }: Pick<PaintRequest, 'drift'>,
  { firstStep }: Phase,
): number {
  const moved = drift ? step - ((step - 1) % drift.every) : firstStep;
  return step - Math.max(firstStep, moved) + 1;
}
