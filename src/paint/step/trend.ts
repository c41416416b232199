import type { PaintRequest } from '../../requests/paint-request.js';

/** How the loss of a painting goes, for stopping when it no longer falls. */
export interface Trend {
  /** The loss without the noise of its cutouts: a moving average. */
  readonly mean: number;
  /** The least that was, and the step it was at. */
  readonly least: number;
  readonly leastAt: number;
}

const DECAY = 0.9;
/** A fall by less than this share counts for nothing. */
const SHARE = 1e-3;

/** The trend with one more loss. */
export function trendAfter(
  before: Trend | undefined,
  { step, loss }: { readonly step: number; readonly loss: number },
): Trend {
  if (!before) return { mean: loss, least: loss, leastAt: step };
  const mean = DECAY * before.mean + (1 - DECAY) * loss;
  const hasFallen = mean < before.least - SHARE * Math.abs(before.least);
  return { mean, least: hasFallen ? mean : before.least, leastAt: hasFallen ? step : before.leastAt };
}

/** A painting as far as its end depends on it. */
interface Watched {
  readonly request: Pick<PaintRequest, 'patience'>;
  readonly trend?: Trend | undefined;
  readonly step: number;
}

/** Whether a painting's loss has not fallen for as long as its request has patience. */
export function hasSettled({ request: { patience }, trend, step }: Watched): boolean {
  return patience !== undefined && trend !== undefined && step - trend.leastAt >= patience;
}
