import { RefusalError } from '../contracts/refusal.js';

/** A job's row that holds something else than it should. Whoever asks for the picture is told; the log names the columns. */
export class UnreadableRow extends RefusalError {
  readonly job: string;
  readonly columns: readonly string[];

  constructor(job: string, columns: readonly string[]) {
    super({ kind: 'unreadable' });
    this.job = job;
    this.columns = columns;
  }
}
