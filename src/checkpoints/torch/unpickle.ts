import { UserError } from '../../errors.js';
import type { ByteCursor } from '../byte-cursor.js';
import { createMachine, type Machine, type Makers } from './pickle-machine.js';
import { isKind, type PickleValue } from './pickle-values.js';

/**
 * Reads one pickle (Python's pickletools, protocols 0 to 5) as plain data: dictionaries become Maps, lists, tuples and sets
 * arrays. A reader of our own, because it must go on where a pickle ends (legacy files hold several in a row), must bound
 * what a hostile one makes it allocate, and must never run what a pickle names: calls become what `makers` make of them, or
 * inert placeholders.
 *
 * @throws UserError for what is no pickle.
 */
export function unpickle(cursor: ByteCursor, makers: Makers): PickleValue {
  const machine = createMachine(makers);
  for (;;) {
    const at = cursor.position();
    const code = cursor.byte();
    if (code === STOP) return machine.pop();
    const operation = OPERATIONS.get(code);
    if (!operation)
      throw new UserError(`The pickle has no meaning at byte ${at} (code 0x${code.toString(16)}).`);
    operation(machine, cursor);
  }
}

type Operation = (machine: Machine, cursor: ByteCursor) => void;

const STOP = 0x2e;
const MOST_DIGITS = 1024;

const push =
  (read: (cursor: ByteCursor) => PickleValue): Operation =>
  (machine, cursor) =>
    machine.push(read(cursor));

const utf8 = (length: (cursor: ByteCursor) => number) =>
  push((cursor) => Buffer.from(cursor.bytes(length(cursor))).toString('utf8'));
const latin1 = (length: (cursor: ByteCursor) => number) =>
  push((cursor) => Buffer.from(cursor.bytes(length(cursor))).toString('latin1'));
const raw = (length: (cursor: ByteCursor) => number) =>
  push((cursor) => cursor.bytes(length(cursor)).slice());
const remember =
  (index: (cursor: ByteCursor) => number): Operation =>
  (machine, cursor) =>
    machine.remember(index(cursor));
const recall =
  (index: (cursor: ByteCursor) => number): Operation =>
  (machine, cursor) =>
    machine.recall(index(cursor));

const one = (cursor: ByteCursor) => cursor.byte();
const two = (cursor: ByteCursor) => cursor.unsigned(2);
const four = (cursor: ByteCursor) => cursor.unsigned(4);
const eight = (cursor: ByteCursor) => cursor.unsigned(8);
const decimal = (cursor: ByteCursor) => numberOf(cursor.line());

/** By code; names and meanings are those of CPython's pickletools. */
const OPERATIONS: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  [0x80, (_, cursor) => void cursor.byte()], // PROTO
  [0x95, (_, cursor) => void cursor.unsigned(8)], // FRAME
  [0x28, (machine) => machine.mark()], // MARK
  [0x30, (machine) => machine.discard()], // POP
  [0x31, (machine) => void machine.popMark()], // POP_MARK
  [0x32, (machine) => machine.duplicate()], // DUP

  [0x4e, push(() => null)], // NONE
  [0x88, push(() => true)], // NEWTRUE
  [0x89, push(() => false)], // NEWFALSE
  [0x49, push((cursor) => intOf(cursor.line()))], // INT
  [0x4c, push((cursor) => integer(cursor.line().replace(/L$/, '')))], // LONG
  [0x4a, push((cursor) => cursor.unsigned(4) | 0)], // BININT
  [0x4b, push(one)], // BININT1
  [0x4d, push(two)], // BININT2
  [0x8a, push((cursor) => longOf(cursor.bytes(cursor.byte())))], // LONG1
  [0x8b, push((cursor) => longOf(cursor.bytes(fewDigits(cursor.unsigned(4)))))], // LONG4
  [0x46, push(decimal)], // FLOAT
  [0x47, push((cursor) => Buffer.from(cursor.bytes(8)).readDoubleBE())], // BINFLOAT

  [0x53, push((cursor) => cursor.line().replace(/^(['"])(.*)\1$/s, '$2'))], // STRING
  [0x54, latin1(four)], // BINSTRING
  [0x55, latin1(one)], // SHORT_BINSTRING
  [0x56, push((cursor) => cursor.line())], // UNICODE
  [0x58, utf8(four)], // BINUNICODE
  [0x8c, utf8(one)], // SHORT_BINUNICODE
  [0x8d, utf8(eight)], // BINUNICODE8
  [0x42, raw(four)], // BINBYTES
  [0x43, raw(one)], // SHORT_BINBYTES
  [0x8e, raw(eight)], // BINBYTES8
  [0x96, raw(eight)], // BYTEARRAY8

  [0x5d, push(() => [])], // EMPTY_LIST
  [0x29, push(() => [])], // EMPTY_TUPLE
  [0x8f, push(() => [])], // EMPTY_SET
  [0x6c, (machine) => machine.push(machine.popMark())], // LIST
  [0x74, (machine) => machine.push(machine.popMark())], // TUPLE
  [0x91, (machine) => machine.push(machine.popMark())], // FROZENSET
  [0x85, (machine) => machine.push(machine.popMany(1))], // TUPLE1
  [0x86, (machine) => machine.push(machine.popMany(2))], // TUPLE2
  [0x87, (machine) => machine.push(machine.popMany(3))], // TUPLE3
  [0x61, (machine) => machine.append(machine.popMany(1))], // APPEND
  [0x65, (machine) => machine.append(machine.popMark())], // APPENDS
  [0x90, (machine) => machine.append(machine.popMark())], // ADDITEMS

  [0x7d, push(() => new Map())], // EMPTY_DICT
  // DICT
  [
    0x64,
    (machine) => {
      const items = machine.popMark();
      machine.push(new Map());
      machine.setItems(items);
    },
  ],
  [0x73, (machine) => machine.setItems(machine.popMany(2))], // SETITEM
  [0x75, (machine) => machine.setItems(machine.popMark())], // SETITEMS

  [0x70, remember(decimal)], // PUT
  [0x71, remember(one)], // BINPUT
  [0x72, remember(four)], // LONG_BINPUT
  [0x94, (machine) => machine.remember()], // MEMOIZE
  [0x67, recall(decimal)], // GET
  [0x68, recall(one)], // BINGET
  [0x6a, recall(four)], // LONG_BINGET

  [0x63, push((cursor) => ({ kind: 'global', name: `${cursor.line()}.${cursor.line()}` }))], // GLOBAL
  // STACK_GLOBAL
  [0x93, (machine) => machine.push({ kind: 'global', name: machine.popMany(2).map(String).join('.') })],
  // INST
  [0x69, (machine, cursor) => machine.make(`${cursor.line()}.${cursor.line()}`, machine.popMark())],
  // OBJ
  [
    0x6f,
    (machine) => {
      const [maker, ...given] = machine.popMark();
      machine.make(nameOf(maker), given);
    },
  ],
  [0x52, make], // REDUCE
  [0x81, make], // NEWOBJ
  // NEWOBJ_EX
  [
    0x92,
    (machine) => {
      machine.pop(); // keyword arguments
      make(machine);
    },
  ],
  [0x62, (machine) => machine.build(machine.pop())], // BUILD
  [0x50, (machine, cursor) => machine.persist(cursor.line())], // PERSID
  [0x51, (machine) => machine.persist(machine.pop())], // BINPERSID
]);

function make(machine: Machine): void {
  const [maker, given] = machine.popMany(2);
  machine.make(nameOf(maker), Array.isArray(given) ? given : []);
}

function nameOf(maker: PickleValue | undefined): string {
  if (isKind(maker, 'global')) return maker.name;
  return isKind(maker, 'opaque') ? maker.maker : 'something that is no class';
}

function intOf(text: string): PickleValue {
  return text === '01' ? true : text === '00' ? false : integer(text);
}

function integer(text: string): PickleValue {
  if (!/^\s*[+-]?\d{1,300}\s*$/.test(text)) throw new UserError('The pickle has a number that is none.');
  return narrow(BigInt(text.trim()));
}

/** Two's complement, little-endian. */
function longOf(bytes: Uint8Array): PickleValue {
  const hex = Buffer.from(bytes).reverse().toString('hex');
  return hex === '' ? 0 : narrow(BigInt.asIntN(bytes.length * 8, BigInt(`0x${hex}`)));
}

function narrow(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

function fewDigits(length: number): number {
  if (length > MOST_DIGITS) throw new UserError(`The pickle has a number of ${length} bytes.`);
  return length;
}
