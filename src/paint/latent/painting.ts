import type { PaintRequest } from '../../contracts/paint-request.js';
import type { Grid } from './codes.js';
import { type Trend, trendAfter } from '../step/trend.js';
import type { RandomState } from '../random.js';

/** A latent on its way, with Adam's moments; [1, dim, rows, columns] each. */
export interface LatentState {
  readonly rows: number;
  readonly columns: number;
  readonly latent: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** A painting after a complete step: all that going on needs. */
export interface Painting extends LatentState {
  readonly request: PaintRequest;
  readonly manifestHash: string;
  readonly dim: number;
  /** The last complete step; 0 before the first. */
  readonly step: number;
  /** The loss of that step; NaN before the first. */
  readonly loss: number;
  /** Σ (1−d)·dᵗ⁻ⁱ·zᵢ over this phase's steps, d = `request.ema`; empty when it is off. */
  readonly average: Float32Array;
  readonly random: RandomState;
  /** Kept where a request has patience. */
  readonly trend?: Trend | undefined;
}

/**
 * The latent that is shown: z itself, or its exponential moving average without the bias of its start at zero.
 *
 * @param count Steps the average has seen.
 */
export function shownLatent({ request, latent, average }: Painting, count: number): Float32Array {
  if (request.ema === undefined || count < 1) return latent;
  const correction = 1 / (1 - request.ema ** count);
  return average.map((sum) => sum * correction);
}

/** The average after one more latent. */
export function averaged(average: Float32Array, latent: Float32Array, decay: number): Float32Array {
  return average.map((sum, index) => decay * sum + (1 - decay) * (latent[index] ?? 0));
}

/** What a step gives. */
type Stepped = Pick<Painting, 'latent' | 'first' | 'second' | 'loss' | 'random'>;

/** A painting after one more step. */
export function advanced(painting: Painting, stepped: Stepped): Painting {
  const { ema, patience } = painting.request;
  const step = painting.step + 1;
  const average = ema === undefined ? painting.average : averaged(painting.average, stepped.latent, ema);
  const trend = patience === undefined ? undefined : trendAfter(painting.trend, { step, loss: stepped.loss });
  return { ...painting, ...stepped, average, step, ...(trend && { trend }) };
}

/** A latent on a grid of twice the cells (or one less): every cell repeated 2 × 2. */
export function onGrid(
  latent: Float32Array,
  from: { readonly dim: number; readonly rows: number; readonly columns: number },
  to: { readonly rows: number; readonly columns: number },
): Float32Array {
  const { dim, rows, columns } = from;
  const result = new Float32Array(dim * to.rows * to.columns);
  for (let index = 0; index < result.length; index += 1) {
    const column = Math.floor(((index % to.columns) * columns) / to.columns);
    const row = Math.floor(((Math.floor(index / to.columns) % to.rows) * rows) / to.rows);
    const channel = Math.floor(index / (to.rows * to.columns));
    result[index] = latent[(channel * rows + row) * columns + column] ?? 0;
  }
  return result;
}

/** A latent on a grid with Adam's moments and the average at zero. */
export function freshOn({ rows, columns }: Grid, latent: Float32Array, { ema }: PaintRequest) {
  const zeros = () => new Float32Array(latent.length);
  return {
    rows,
    columns,
    latent,
    first: zeros(),
    second: zeros(),
    average: ema === undefined ? new Float32Array() : zeros(),
  };
}
