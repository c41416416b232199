import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { openRegular } from './read-regular.js';

const PIECE_BYTES = 4 * 1024 * 1024;

export interface FileContent {
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** A file's size and the sha256 of its content; read piece by piece, so of any size. */
export async function hashFile(path: string): Promise<FileContent> {
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

/** The contents of files that were hashed, so that none is read twice for it unless it has changed, whatever its name. */
export class KnownContents {
  readonly #known = new Map<string, FileContent>();

  /** The content of a file. @throws the system's error. */
  async of(path: string): Promise<FileContent> {
    const { state } = await statesOf(path);
    return this.#known.get(state) ?? this.learn(path, await hashFile(path));
  }

  /** The same of a link just made: that changes the state of a file, and nothing in it. */
  async ofLink(path: string): Promise<FileContent> {
    const { unlinked } = await statesOf(path);
    const known = this.#known.get(unlinked);
    return known ? this.learn(path, known) : this.of(path);
  }

  /** Notes what a file is known to hold. */
  async learn(path: string, content: FileContent): Promise<FileContent> {
    const { state, unlinked } = await statesOf(path);
    this.#known.set(state, content).set(unlinked, content);
    return content;
  }
}

/** What changes with every change of a file: its inode with the time the system last changed that, which nobody sets at will. */
async function statesOf(path: string) {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  const unlinked = [dev, ino, size, mtimeNs].join('.');
  return { state: `${unlinked}.${ctimeNs}`, unlinked, changedMs: Number(ctimeNs) / 1e6 };
}

/** Coarse clocks may give two changes one time, so that of a file changed just now nothing is said. */
const SETTLED_MS = 2000;

/** A file's state, to be known by in another process; undefined where it is missing, or has changed just now. */
export async function fileState(path: string): Promise<string | undefined> {
  const states = await statesOf(path).catch(() => undefined);
  if (!states || Date.now() - states.changedMs < SETTLED_MS) return undefined;
  return states.state;
}
