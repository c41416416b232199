import type { DescField, DescMessage } from '@bufbuild/protobuf';

/** More than any honest model has, and little enough that decoding stays within a few hundred megabytes. */
const LIMITS = { messages: 1_000_000, numbers: 1 << 23, depth: 60 };

/** Bytes of the wire format, walked without building anything. */
interface Cursor {
  readonly bytes: Uint8Array;
  position: number;
  messages: number;
  numbers: number;
}

const WIRE = { varint: 0, fixed64: 1, delimited: 2, fixed32: 5 } as const;

function varint(cursor: Cursor, end: number): number {
  let value = 0;
  for (let shift = 0; shift < 70; shift += 7) {
    const byte = cursor.position < end ? cursor.bytes[cursor.position] : undefined;
    if (byte === undefined) throw new Error('it ends in the middle of a number');
    cursor.position += 1;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
  throw new Error(`the number before byte ${cursor.position} is longer than ten bytes`);
}

const FIELDS = new WeakMap<DescMessage, ReadonlyMap<number, DescField>>();

function fieldsOf(message: DescMessage): ReadonlyMap<number, DescField> {
  const known = FIELDS.get(message);
  if (known) return known;
  const fields = new Map(message.fields.map((field) => [field.number, field]));
  FIELDS.set(message, fields);
  return fields;
}

function walk(cursor: Cursor, message: DescMessage, end: number, depth: number): void {
  cursor.messages += 1;
  if (cursor.messages > LIMITS.messages) throw new Error(`it has more than ${LIMITS.messages} parts`);
  if (depth > LIMITS.depth) throw new Error(`it is nested more than ${LIMITS.depth} levels deep`);
  const fields = fieldsOf(message);
  while (cursor.position < end) {
    const tag = varint(cursor, end);
    const field = fields.get(Math.floor(tag / 8));
    const wire = tag % 8;
    if (wire === WIRE.varint) {
      varint(cursor, end);
      cursor.numbers += 1;
    } else if (wire === WIRE.fixed32 || wire === WIRE.fixed64) {
      cursor.position += wire === WIRE.fixed32 ? 4 : 8;
    } else if (wire === WIRE.delimited) {
      const length = varint(cursor, end);
      const inner = cursor.position + length;
      if (inner > end)
        throw new Error(`a part of ${length} bytes at byte ${cursor.position} reaches beyond the end`);
      if (field?.message) walk(cursor, field.message, inner, depth + 1);
      // Packed numbers: a varint of one byte becomes a bigint of thirty.
      else if (field?.fieldKind === 'list' && field.listKind === 'scalar')
        cursor.numbers += packed(field, length);
      cursor.position = inner;
    } else {
      throw new Error(`byte ${cursor.position} does not begin a field`);
    }
    if (cursor.position > end) throw new Error('it ends in the middle of a number');
    if (cursor.numbers > LIMITS.numbers) {
      throw new Error(`it spells out more than ${LIMITS.numbers} numbers outside raw data`);
    }
  }
}

/** Scalar types of descriptor.proto: 1 double and 2 float are fixed-width, 9 string and 12 bytes are no numbers. */
function packed(field: DescField & { fieldKind: 'list'; listKind: 'scalar' }, length: number): number {
  if (field.scalar === 9 || field.scalar === 12) return 1;
  return field.scalar === 1 ? length / 32 : field.scalar === 2 ? length / 16 : length;
}

/**
 * Checks that bytes are a well-formed protobuf message of bounded size before anything is built from them, because
 * a few hostile megabytes could otherwise become gigabytes of objects.
 *
 * @throws with the reason, as a clause that follows "because".
 */
export function checkBounds(message: DescMessage, bytes: Uint8Array): void {
  walk({ bytes, position: 0, messages: 0, numbers: 0 }, message, bytes.length, 0);
}
