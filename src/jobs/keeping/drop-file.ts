import type { Job, JobResult } from '../../contracts/job.js';
import { picturesIn } from '../../contracts/paint-request.js';
import { isNamed, isPictureNeeded, isStateNeeded } from '../../ledger/job-lists.js';
import type { SortedRows } from '../../ledger/job-row.js';
import type { JobsContext } from '../context.js';

type Shelf = Pick<JobsContext, 'ledger' | 'store'>;

/** Lets a state go, unless another painting (of the same request) has come to the very same one. */
export async function dropState({ ledger, store }: Shelf, name: string): Promise<void> {
  if (!(await isStateNeeded(ledger, name))) await store.remove(name);
}

/** Lets a final picture and its film go, unless another job (of the same request) shows the very same one, or paints from it. */
export async function dropResult({ ledger, store }: Shelf, { sha256, film }: JobResult): Promise<void> {
  if (await isPictureNeeded(ledger, sha256)) return;
  await store.remove(sha256);
  if (film !== undefined) await store.remove(film);
}

/** Lets a picture that somebody gave go, unless a job shows it or paints from it. */
export async function dropGiven({ ledger, store }: Shelf, sha256: string): Promise<void> {
  if (!(await isPictureNeeded(ledger, sha256))) await store.remove(sha256);
}

/** Rows forget files first: of a crash in between remains one that nobody names, for retention to find. */
export async function dropFiles(
  shelf: Shelf,
  { result, savedState }: Pick<Job, 'result' | 'savedState'>,
): Promise<void> {
  if (result !== null) await dropResult(shelf, result);
  if (savedState !== null) await dropState(shelf, savedState);
}

/** Lets everything go that rows named which are gone: what came of them, and what was given to them. */
export async function dropAllOf(shelf: Shelf, { jobs, damaged }: SortedRows): Promise<void> {
  for (const job of jobs) {
    await dropFiles(shelf, job);
    for (const { image } of picturesIn(job.request)) await dropGiven(shelf, image);
  }
  for (const name of damaged.flatMap(({ names }) => names)) {
    if (!(await isNamed(shelf.ledger, name))) await shelf.store.remove(name);
  }
}
