/** What a subcommand sees of the world outside: only the entry point knows the process. */
export interface Shell {
  /** Results, for people or programs. */
  readonly out: (text: string) => void;
  /** Progress, notes and complaints. */
  readonly err: (text: string) => void;
  /** Whether `err` is a terminal whose last line can be rewritten. */
  readonly isTerminal: boolean;
  /** How wide that terminal is now; unknown when absent. */
  readonly columns?: () => number | undefined;
  /** Aborted by Ctrl-C. */
  readonly interrupted: AbortSignal;
  /** Where added models live. */
  readonly dataDir: string;
  /** Where built graphs are kept. */
  readonly cacheDir: string;
  /** Asks a yes-or-no question; absent where nobody can answer. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** What the process ends with when nothing is thrown; 0 when never called. */
  readonly exitWith: (code: number) => void;
}

/** Exit codes as shells know them. */
export const EXIT = { fault: 1, badInput: 2, interrupted: 130 } as const;
