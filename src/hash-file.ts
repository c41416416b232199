import { createHash } from 'node:crypto';
import { openRegular } from './read-regular.js';

const PIECE_BYTES = 4 * 1024 * 1024;

/** A file's size and the sha256 of its content in lower-case hex; read piece by piece, so of any size. */
export async function hashFile(path: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await openRegular(path);
  // The stream closes it.
  for await (const piece of file.createReadStream({ highWaterMark: PIECE_BYTES })) {
    hash.update(piece as Uint8Array); // a stream without an encoding gives buffers
    bytes += (piece as Uint8Array).length;
  }
  return { bytes, sha256: hash.digest('hex') };
}
