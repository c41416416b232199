import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { messageOf, UserError } from '../errors.js';

/** Bytes that are read where they lie: a file, or a stretch of one. */
export interface ByteSource {
  /** What it is called in messages. */
  readonly name: string;
  /** Bytes in all. */
  readonly size: number;
  /**
   * `length` bytes from `position`, in memory of their own.
   *
   * @throws UserError when the source ends before them.
   */
  read(position: number, length: number): Uint8Array<ArrayBuffer>;
  /** Once is enough; more do nothing. */
  close(): void;
}

/** The most one system call reads; more than 2³¹ − 1 bytes fail. */
const CALL_BYTES = 2 ** 30;

/** Opens a file for reading. @throws UserError when there is no such file. */
export function openFileSource(path: string): ByteSource {
  const descriptor = openFile(path);
  const { size } = fstatSync(descriptor);
  let isOpen = true;
  return {
    name: path,
    size,
    read: (position, length) => {
      if (!isWithin(position, length, size)) throw new UserError(`${path} ends before its contents do.`);
      const bytes = new Uint8Array(length);
      let done = 0;
      while (done < length) {
        const count = readSync(descriptor, bytes, done, Math.min(length - done, CALL_BYTES), position + done);
        if (count === 0) throw new UserError(`${path} became shorter while it was read.`);
        done += count;
      }
      return bytes;
    },
    close: () => {
      if (isOpen) closeSync(descriptor);
      isOpen = false;
    },
  };
}

/** Whether `length` bytes from `position` lie in `size` bytes; false for what is no whole number. */
export function isWithin(position: number, length: number, size: number): boolean {
  return Number.isSafeInteger(position) && Number.isSafeInteger(length) && position >= 0 && length >= 0
    ? position + length <= size
    : false;
}

/** A pipe is refused instead of waited for. */
function openFile(path: string): number {
  try {
    const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if (fstatSync(descriptor).isFile()) return descriptor;
    closeSync(descriptor);
  } catch (cause) {
    throw new UserError(`Expected a file to read at ${path}: ${messageOf(cause)}`, { cause });
  }
  throw new UserError(`Expected a file at ${path}, got something else.`);
}
