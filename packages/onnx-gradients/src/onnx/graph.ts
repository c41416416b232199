import type { ElementType } from './element-type.js';
import type { Tensor } from './tensor.js';

/** A dimension as a model file states it: fixed, named (`batch`) or unknown (null). */
export type Dimension = number | string | null;

/**
 * A value as declared; `shape` is absent when the file does not tell even the rank, `elementType` when it does not
 * tell the type either (as outputs of subgraphs may).
 */
export interface ValueInfo {
  readonly name: string;
  readonly elementType?: ElementType;
  readonly shape?: readonly Dimension[];
}

/** An int64 of a file: a bigint beyond what a number holds exactly. */
export type Integer = number | bigint;

/** Attribute values, tagged as in `AttributeProto.AttributeType`. */
export type Attribute =
  | { readonly kind: 'int'; readonly value: Integer }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'tensor'; readonly value: Tensor }
  | { readonly kind: 'graph'; readonly value: Graph }
  | { readonly kind: 'ints'; readonly value: readonly Integer[] }
  | { readonly kind: 'floats'; readonly value: readonly number[] }
  | { readonly kind: 'strings'; readonly value: readonly string[] };

export type Attributes = Readonly<Record<string, Attribute>>;

/** One operator call. An omitted optional input or output is the empty string, as in ONNX. */
export interface Node {
  readonly name: string;
  readonly opType: string;
  /** Empty for the standard ONNX domain. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
}

/** Nodes in topological order; every value name has one producer (an input, an initializer or a node). */
export interface Graph {
  readonly name: string;
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly initializers: ReadonlyMap<string, Tensor>;
  readonly nodes: readonly Node[];
  /** What the file tells of inner values: for people only, every type that matters is inferred. */
  readonly valueInfo?: ReadonlyMap<string, ValueInfo>;
  /** Weights that other constants were computed from when the graph was built: it has not all of their uses. */
  readonly folded?: ReadonlySet<string>;
}

export interface Model {
  readonly irVersion: number;
  /** Opset version by domain; the standard domain is ''. */
  readonly opsets: Readonly<Record<string, number>>;
  readonly producer: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly graph: Graph;
}

/**
 * The one opset that Easel's own graphs are written in. Models of opsets 11 and up are brought to it when they are
 * read for differentiation; 18 is the newest whose kernels every bundled provider has.
 */
export const WORKING_OPSET = 18;
export const WORKING_IR_VERSION = 8;
