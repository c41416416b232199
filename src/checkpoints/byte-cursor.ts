import { UserError } from '../errors.js';
import type { ByteSource } from './byte-source.js';

const WINDOW_BYTES = 1 << 18;
const MOST_LINE_BYTES = 1 << 16;

/** Reads a source forwards, through a window of a quarter of a megabyte. */
export interface ByteCursor {
  /** Where the next byte lies in the source. */
  position(): number;
  byte(): number;
  /** The next bytes; the result is valid until the next call. */
  bytes(length: number): Uint8Array;
  /** The text up to the next line feed, which is taken too. */
  line(): string;
  unsigned(width: 2 | 4 | 8): number;
}

/**
 * A cursor on `source` from `start` that reads at most `limit` bytes.
 *
 * @throws UserError, from every method, when the source or the limit ends before the bytes.
 */
export function createCursor(source: ByteSource, start: number, limit: number): ByteCursor {
  const end = Math.min(source.size, start + limit);
  let window: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  let windowStart = start;
  let at = start;
  const need = (length: number) => {
    if (length > end - at) throw new UserError(`${source.name} ends in the middle of its description.`);
    if (at + length <= windowStart + window.length) return;
    window = source.read(at, Math.min(Math.max(length, WINDOW_BYTES), end - at));
    windowStart = at;
  };
  const bytes = (length: number) => {
    need(length);
    const from = at - windowStart;
    at += length;
    return window.subarray(from, from + length);
  };
  const byte = () => {
    need(1);
    at += 1;
    return window[at - 1 - windowStart] ?? 0;
  };
  return {
    position: () => at,
    byte,
    bytes,
    line: () => {
      const units: number[] = [];
      for (let unit = byte(); unit !== 0x0a; unit = byte()) {
        if (units.length === MOST_LINE_BYTES)
          throw new UserError(`${source.name} has a line without an end.`);
        units.push(unit);
      }
      return Buffer.from(units).toString('utf8');
    },
    unsigned: (width) => {
      const field = bytes(width);
      return field.reduceRight((sum, value) => sum * 256 + value, 0);
    },
  };
}
