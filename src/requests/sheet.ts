import type { PaintRequest } from './paint-request.js';

/** Where a picture of a sheet stands: from 0, row by row. */
export interface SheetPlace {
  readonly index: number;
  /** How many pictures the sheet has. */
  readonly count: number;
}

/** Columns and rows of a sheet. */
export function sheetGrid(count: number): { readonly columns: number; readonly rows: number } {
  const columns = Math.min(2, count);
  return { columns, rows: Math.ceil(count / columns) };
}

/** The request of one picture of a sheet: their seeds are counted up, and go round. */
export function oneOfSheet({ count: _, ...request }: PaintRequest, index: number): PaintRequest {
  return { ...request, seed: (request.seed + index) >>> 0 };
}

/** How many steps all pictures of a request have together. */
export function stepsInAll({ steps, count = 1 }: Pick<PaintRequest, 'steps' | 'count'>): number {
  return steps * count;
}

/** How many steps each picture may have where all together may have so many. */
export function stepsEach(stepsInAll: number, count = 1): number {
  return Math.max(1, Math.floor(stepsInAll / count));
}

/** How many pictures of a sheet were begun by a step, counted through all of them. */
export function begunBy(step: number, { steps, count = 1 }: Pick<PaintRequest, 'steps' | 'count'>): number {
  return Math.min(count, Math.max(1, Math.ceil(step / steps)));
}
