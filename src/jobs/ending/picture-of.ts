import type { Job } from '../../contracts/job.js';
import type { EncodedPicture } from '../../contracts/picture.js';
import type { Store } from '../../store/store.js';

/** A job's stored final picture; undefined before there is one or after it was let go. */
export async function pictureOf(store: Store, { result }: Job): Promise<EncodedPicture | undefined> {
  const bytes = result === null ? undefined : await store.get(result.sha256);
  if (result === null || bytes === undefined) return undefined;
  return { format: result.format, width: result.width, height: result.height, bytes };
}
