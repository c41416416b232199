/** One line of what `doctor` says. */
export interface Finding {
  readonly name: string;
  readonly is: string;
  /** False for what keeps Easel from painting. */
  readonly good: boolean;
}
