import type { JobResult } from '../../contracts/job.js';
import { isPictureNeeded, isStateNeeded } from '../../ledger/job-lists.js';
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
