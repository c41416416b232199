/** One request to Discord's REST interface, as it came back. */
export interface RequestOutcome {
  /** Upper case. */
  readonly method: string;
  /** What it was about: ids are left out, so that there are few of them. */
  readonly route: string;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly seconds: number;
}
