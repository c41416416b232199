import { isPictureNeeded, isStateNeeded } from '../../ledger/job-lists.js';
import type { JobsContext } from '../context.js';

type Shelf = Pick<JobsContext, 'ledger' | 'store'>;

/** Lets a state go, unless another painting (of the same request) has come to the very same one. */
export async function dropState({ ledger, store }: Shelf, name: string): Promise<void> {
  if (!(await isStateNeeded(ledger, name))) await store.remove(name);
}

/** Lets a final picture go, unless another job (of the same request) shows the very same one, or paints from it. */
export async function dropPicture({ ledger, store }: Shelf, sha256: string): Promise<void> {
  if (!(await isPictureNeeded(ledger, sha256))) await store.remove(sha256);
}
