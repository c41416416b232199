import type { Shell } from './shell.js';

const BAR_CELLS = 24;

/** One line that shows how far a painting is: a bar, the loss, and the seconds left. */
export interface ProgressLine {
  update(step: number, loss: number, ms: number): void;
  /** Takes the line away. */
  clear(): void;
}

/** A progress line on a terminal; elsewhere it stays silent. */
export function createProgressLine(shell: Shell, steps: number): ProgressLine {
  if (!shell.isTerminal) return { update: () => undefined, clear: () => undefined };
  /** The durations of the last steps. */
  const recent: number[] = [];
  return {
    update: (step, loss, ms) => {
      recent.push(ms);
      if (recent.length > 15) recent.shift();
      const left = secondsLeft(recent, steps - step);
      const words = ` ${step}/${steps}  loss ${loss.toFixed(3)}  ${left} s left `;
      shell.err(`\r${fitted(step / steps, words, shell.columns?.() ?? Number.POSITIVE_INFINITY)}\u001b[K`);
    },
    clear: () => shell.err('\r\u001b[K'),
  };
}

/** The steps that are left at the pace of the median step, which one slow step does not move. */
export function secondsLeft(recentMs: readonly number[], stepsLeft: number): number {
  const sorted = recentMs.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return Math.ceil((stepsLeft * median) / 1000);
}

/** A bar of so many cells. */
export function bar(share: number, cells: number = BAR_CELLS): string {
  const full = Math.round(share * cells);
  return `${'█'.repeat(full)}${'░'.repeat(cells - full)}`;
}

/** Bar and words on one line: a line that wraps could not be rewritten. The bar gives way first, then the last words. */
function fitted(share: number, words: string, columns: number): string {
  const cells = Math.max(0, Math.min(BAR_CELLS, columns - 1 - words.length));
  const line = `${bar(share, cells)}${words}`;
  return line.length < columns ? line : line.trimStart().slice(0, Math.max(0, columns - 1));
}
