import { UserError } from '../../errors.js';
import { isKind, opaque, type PickleDictionary, type PickleValue } from './pickle-values.js';

/** The only meanings that names in a pickle can have. */
export interface Makers {
  /** What this class or function makes of its arguments; undefined when it is not on the allow list. */
  make(name: string, given: readonly PickleValue[]): PickleValue | undefined;
  /** What a persistent id stands for. */
  persistent(id: PickleValue): PickleValue;
}

/** The stack machine that a pickle is a program for, less everything that could run code. */
export interface Machine {
  push(value: PickleValue): void;
  pop(): PickleValue;
  /** Takes the top away, or the last mark when nothing lies above it. */
  discard(): void;
  popMany(count: number): PickleValue[];
  mark(): void;
  /** All values since the last mark. */
  popMark(): PickleValue[];
  duplicate(): void;
  /** Keeps the top under an index: the next free one by default. */
  remember(index?: number): void;
  recall(index: number): void;
  append(values: readonly PickleValue[]): void;
  /** Keys and values in turn. */
  setItems(flat: readonly PickleValue[]): void;
  make(name: string, given: readonly PickleValue[]): void;
  persist(id: PickleValue): void;
  /** Gives the top its state. */
  build(state: PickleValue): void;
}

/** A real checkpoint of gigabytes has some ten thousand. */
const MOST_VALUES = 3_000_000;

/** @throws UserError, from every method, for what no pickler writes. */
export function createMachine(makers: Makers): Machine {
  /** Values above the last mark. */
  let stack: PickleValue[] = [];
  /** The stacks below each mark, innermost last. */
  const below: PickleValue[][] = [];
  const memo = new Map<number, PickleValue>();
  let values = 0;

  const count = (more: number) => {
    values += more;
    if (values > MOST_VALUES) throw new UserError(`The pickle makes more than ${MOST_VALUES} values.`);
  };
  const push = (value: PickleValue) => {
    count(1);
    stack.push(value);
  };
  const pop = () => {
    const value = stack.pop();
    if (value === undefined) throw new UserError('The pickle takes values that it never made.');
    return value;
  };
  const top = () => {
    const value = stack.at(-1);
    if (value === undefined) throw new UserError('The pickle takes values that it never made.');
    return value;
  };

  return {
    push,
    pop,
    discard: () => {
      if (stack.length === 0 && below.length > 0) stack = below.pop() ?? [];
      else pop();
    },
    popMany: (wanted) => {
      if (stack.length < wanted) throw new UserError('The pickle takes values that it never made.');
      return stack.splice(stack.length - wanted);
    },
    mark: () => {
      count(1);
      below.push(stack);
      stack = [];
    },
    popMark: () => {
      const outer = below.pop();
      if (!outer) throw new UserError('The pickle closes a group that it never opened.');
      const taken = stack;
      stack = outer;
      return taken;
    },
    duplicate: () => push(top()),
    remember: (index = memo.size) => {
      count(1);
      memo.set(index, top());
    },
    recall: (index) => {
      const value = memo.get(index);
      if (value === undefined) throw new UserError('The pickle recalls a value that it never kept.');
      push(value);
    },
    append: (more) => {
      count(more.length);
      const list = top();
      if (!Array.isArray(list)) return; // A subclass of list: inert.
      for (const value of more) list.push(value);
    },
    setItems: (flat) => {
      count(flat.length);
      const items = itemsOf(top());
      for (let at = 0; at + 1 < flat.length; at += 2) items?.set(flat[at] ?? null, flat[at + 1] ?? null);
    },
    make: (name, given) => {
      for (const value of given) count(sizeOf(value));
      push(makers.make(name, given) ?? opaque(name, given));
    },
    persist: (id) => push(makers.persistent(id)),
    build: (state) => {
      const value = top();
      if (isKind(value, 'opaque')) value.state = state;
    },
  };
}

/** What a maker may have to copy. */
function sizeOf(value: PickleValue): number {
  if (Array.isArray(value)) return value.length;
  return value instanceof Map ? value.size : 0;
}

function itemsOf(value: PickleValue): PickleDictionary | undefined {
  if (value instanceof Map) return value;
  return isKind(value, 'opaque') ? value.items : undefined;
}
