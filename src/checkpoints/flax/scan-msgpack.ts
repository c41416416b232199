import { UserError } from '../../errors.js';
import { createCursor } from '../byte-cursor.js';
import type { ByteSource } from '../byte-source.js';

/** Bytes that were passed over: where they lie. */
export interface Skipped {
  readonly kind: 'skipped';
  readonly position: number;
  readonly length: number;
  /** Application type of an extension; undefined for plain bytes. */
  readonly extension: number | undefined;
}

export type MsgpackValue =
  | null
  | boolean
  | number
  | string
  | Skipped
  | MsgpackValue[]
  | Map<MsgpackValue, MsgpackValue>;

export interface Stretch {
  readonly start: number;
  readonly length: number;
}

const MOST_VALUES = 1_000_000;
const MOST_DEPTH = 64;

/**
 * Reads one MessagePack value (msgpack specification, 2013 types included) that fills a stretch of a source. Bytes and
 * extensions are passed over, so that gigabytes of numbers cost nothing.
 *
 * @throws UserError when it is not MessagePack, or damaged.
 */
export function scanMsgpack(source: ByteSource, { start, length }: Stretch): MsgpackValue {
  const end = start + length;
  let at = start;
  let values = 0;
  const fault = (what: string) => new UserError(`${source.name} is no whole MessagePack file: ${what}.`);
  let cursor = createCursor(source, start, length);
  const take = (count: number) => {
    if (count > end - at) throw fault('it is cut off');
    at += count;
    return cursor.bytes(count);
  };
  const number = (width: 1 | 2 | 4 | 8, read: 'Uint' | 'Int' | 'Float') => {
    const bytes = Buffer.from(take(width));
    if (read === 'Float') return width === 4 ? bytes.readFloatBE() : bytes.readDoubleBE();
    if (width === 8) return Number(read === 'Int' ? bytes.readBigInt64BE() : bytes.readBigUInt64BE());
    return read === 'Int' ? bytes.readIntBE(0, width) : bytes.readUIntBE(0, width);
  };
  const skip = (count: number, extension?: number): Skipped => {
    if (count > end - at) throw fault('it is cut off');
    const skipped = { kind: 'skipped', position: at, length: count, extension } as const;
    at += count;
    cursor = createCursor(source, at, end - at);
    return skipped;
  };
  const extended = (count: number) => {
    const type = number(1, 'Int');
    return skip(count, type);
  };
  const text = (count: number) => Buffer.from(take(count)).toString('utf8');
  const list = (count: number, depth: number) => {
    const items: MsgpackValue[] = [];
    for (let index = 0; index < count; index += 1) items.push(value(depth + 1));
    return items;
  };
  const table = (count: number, depth: number) => {
    const items = new Map<MsgpackValue, MsgpackValue>();
    for (let index = 0; index < count; index += 1) {
      const key = value(depth + 1);
      items.set(key, value(depth + 1));
    }
    return items;
  };
  const value = (depth: number): MsgpackValue => {
    values += 1;
    if (values > MOST_VALUES || depth > MOST_DEPTH)
      throw fault('it has more values, or deeper ones, than any checkpoint');
    const [code = 0] = take(1);
    if (code < 0x80) return code;
    if (code < 0x90) return table(code & 15, depth);
    if (code < 0xa0) return list(code & 15, depth);
    if (code < 0xc0) return text(code & 31);
    if (code >= 0xe0) return code - 256;
    switch (code) {
      case 0xc0:
        return null;
      case 0xc2:
      case 0xc3:
        return code === 0xc3;
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return skip(number(widthOf(code - 0xc4), 'Uint'));
      case 0xc7:
      case 0xc8:
      case 0xc9:
        return extended(number(widthOf(code - 0xc7), 'Uint'));
      case 0xca:
      case 0xcb:
        return number(code === 0xca ? 4 : 8, 'Float');
      case 0xcc:
      case 0xcd:
      case 0xce:
      case 0xcf:
        return number(widthOf(code - 0xcc), 'Uint');
      case 0xd0:
      case 0xd1:
      case 0xd2:
      case 0xd3:
        return number(widthOf(code - 0xd0), 'Int');
      case 0xd4:
      case 0xd5:
      case 0xd6:
      case 0xd7:
      case 0xd8:
        return extended(2 ** (code - 0xd4));
      case 0xd9:
      case 0xda:
      case 0xdb:
        return text(number(widthOf(code - 0xd9), 'Uint'));
      case 0xdc:
      case 0xdd:
        return list(number(code === 0xdc ? 2 : 4, 'Uint'), depth);
      case 0xde:
      case 0xdf:
        return table(number(code === 0xde ? 2 : 4, 'Uint'), depth);
      default:
        throw fault(`byte ${at - 1} has no meaning`);
    }
  };
  const root = value(0);
  if (at !== end) throw fault(`it has ${end - at} bytes after its end`);
  return root;
}

function widthOf(step: number): 1 | 2 | 4 | 8 {
  return ([1, 2, 4, 8] as const)[step] ?? 8;
}

export function isSkipped(value: MsgpackValue | undefined): value is Skipped {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
