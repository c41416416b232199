import type { Random } from '../paint/random.js';

/** A codebook while it is trained; all arrays are parts of the run's state. */
export interface Codebook {
  readonly codes: number;
  readonly width: number;
  /** [codes, width] */
  readonly rows: Float32Array;
  /** Running share of the assignments, one a code. */
  readonly use: Float32Array;
  /** Running sums of what was assigned, over all assignments: rows·use; [codes, width]. */
  readonly sums: Float32Array;
}

/** A batch's cells [cells, width] with the code that each was assigned. */
export interface Assignment {
  readonly cells: Float32Array;
  readonly indices: readonly number[];
}

const DECAY = 0.97;
/** A code that gets less than this part of an even share is dead. */
const DEAD = 0.05;
/** A code that was moved has about as many steps to be used as it takes from here to dead. */
const PROBATION = 2 * DEAD;

/** Follows how often each code is used. */
export function countUse({ codes, use }: Codebook, { indices }: Assignment): void {
  const hits = new Float64Array(codes);
  for (const index of indices) hits[index] = (hits[index] ?? 0) + 1;
  for (let code = 0; code < codes; code += 1) {
    use[code] = DECAY * (use[code] ?? 0) + ((1 - DECAY) * (hits[code] ?? 0)) / indices.length;
  }
}

/** Codes as running means of what they are assigned (van den Oord et al. 2017, appendix A.1); follows the use as well. */
export function followCells(codebook: Codebook, assignment: Assignment): void {
  const { codes, width, rows, use, sums } = codebook;
  const { cells, indices } = assignment;
  countUse(codebook, assignment);
  const totals = new Float64Array(codes * width);
  for (const [cell, code] of indices.entries()) {
    for (let place = 0; place < width; place += 1) {
      const at = code * width + place;
      totals[at] = (totals[at] ?? 0) + (cells[cell * width + place] ?? 0);
    }
  }
  for (let code = 0; code < codes; code += 1) {
    const share = Math.max(1e-7, use[code] ?? 0);
    for (let at = code * width; at < (code + 1) * width; at += 1) {
      const sum = DECAY * (sums[at] ?? 0) + ((1 - DECAY) * (totals[at] ?? 0)) / indices.length;
      sums[at] = sum;
      rows[at] = sum / share;
    }
  }
}

/** Moves dead codes onto random cells of the batch (Dhariwal et al. 2020, section 3.1); returns which. */
export function restartDead(
  codebook: Codebook,
  { cells, indices }: Assignment,
  random: Random,
): readonly number[] {
  const { codes, width, rows, use, sums } = codebook;
  const restarted: number[] = [];
  for (let code = 0; code < codes; code += 1) {
    if ((use[code] ?? 0) >= DEAD / codes) continue;
    restarted.push(code);
    const cell = random.integer(indices.length);
    const row = cells.subarray(cell * width, (cell + 1) * width);
    rows.set(row, code * width);
    use[code] = PROBATION / codes;
    sums.set(
      row.map((value) => (value * PROBATION) / codes),
      code * width,
    );
  }
  return restarted;
}
