import type { PaintRequest } from '../../contracts/paint-request.js';
import { legEnds } from '../../requests/more-steps.js';

/** Adam's decay rates and guard against division by zero (Kingma and Ba 2015). */
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** The share of the learning rate that is left at the last step of a leg. */
const FINAL_SHARE = 0.1;
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

/**
 * The learning rate of a step: from its full value at step 1 along half a cosine to a tenth at the last; each further leg comes
 * down in the same way, from half.
 */
export function learningRateAt(
  step: number,
  request: Pick<PaintRequest, 'legs' | 'steps'>,
  full: number,
): number {
  const ends = legEnds(request);
  const leg = ends.findIndex((end) => step <= end);
  const [first, last] = [(ends[leg - 1] ?? 0) + 1, ends[leg] ?? request.steps];
  const highest = leg > 0 ? RESUMED_SHARE : 1;
  const progress = last === first ? 0 : (step - first) / (last - first);
  const share = FINAL_SHARE + ((highest - FINAL_SHARE) * (1 + Math.cos(Math.PI * progress))) / 2;
  return full * share;
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
