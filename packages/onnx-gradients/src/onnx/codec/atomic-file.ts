import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

/** Bytes and where they stand in the file; gaps are zeros. */
export interface Extent {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/**
 * Writes a file so that readers see the old one or the whole new one: to a temporary name beside it, flushed to
 * disk, then renamed.
 */
export function writeAtomically(path: string, extents: Iterable<Extent>): void {
  const temporary = `${path}.${process.pid}.${process.hrtime.bigint()}.tmp`;
  try {
    const descriptor = openSync(temporary, 'wx');
    try {
      for (const { offset, bytes } of extents) writeExtent(descriptor, offset, bytes);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw cause;
  }
}

/** One write may not ask for 2 GiB and more, and may take less than asked for. */
function writeExtent(descriptor: number, offset: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(descriptor, bytes, done, Math.min(bytes.length - done, 2 ** 30), offset + done);
  }
}
