import type { ElementType, Shape } from 'onnx-gradients/graph';

/** A class or function by its name, `module.name`. Nothing is ever looked up or called. */
export interface Global {
  readonly kind: 'global';
  readonly name: string;
}

/** What a class or function that is not on the allow list would have made: its name and what it was given, inert. */
export interface Opaque {
  readonly kind: 'opaque';
  /** Who would have made it. */
  readonly maker: string;
  readonly arguments: readonly PickleValue[];
  /** What `BUILD` gave it: of a module, its attributes. */
  state: PickleValue;
  /** Items that were set on it, as on a dictionary. */
  readonly items: PickleDictionary;
}

/** A stretch of elements that lies outside the pickle. */
export interface StorageReference {
  readonly kind: 'storage';
  /** Which one: the name of its file or its number. */
  readonly key: string;
  /** Undefined for a type that Easel does not know; `typeName` says which. */
  readonly elementType: ElementType | undefined;
  readonly typeName: string;
  readonly elements: number;
  /** First element, where it is a view of a longer storage (legacy files only). */
  readonly start: number;
}

/** A tensor as a window on a storage: element [i, j, …] is number offset + i·strides[0] + j·strides[1] + … */
export interface TensorReference {
  readonly kind: 'tensor';
  readonly storage: StorageReference;
  readonly offset: number;
  readonly shape: Shape;
  readonly strides: readonly number[];
}

export type PickleDictionary = Map<PickleValue, PickleValue>;

/** Lists, tuples and sets are arrays alike. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | PickleDictionary
  | Global
  | Opaque
  | StorageReference
  | TensorReference;

type Tagged = Global | Opaque | StorageReference | TensorReference;

/** Whether a value is one of the tagged kinds. */
export function isKind<Kind extends Tagged['kind']>(
  value: PickleValue | undefined,
  kind: Kind,
): value is Extract<Tagged, { kind: Kind }> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;
}

/** What stands for the result of a call that is not made. */
export function opaque(maker: string, given: readonly PickleValue[] = []): Opaque {
  return { kind: 'opaque', maker, arguments: given, state: null, items: new Map() };
}
