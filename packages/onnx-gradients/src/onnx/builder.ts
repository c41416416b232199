import { isFloat } from './element-type.js';
import type { fold } from './fold/fold.js';
import type { Folded } from './fold/rule.js';
import { FreshNames } from './fresh-names.js';
import {
  type Attribute,
  type Attributes,
  type Graph,
  type Integer,
  type Model,
  type Node,
  WORKING_IR_VERSION,
  WORKING_OPSET,
} from './graph.js';
import { inferTypes } from './shapes/infer.js';
import type { ShapeContext } from './shapes/rule.js';
import { byteLength, elementCount, float32, int64, type Tensor, type TensorType } from './tensor.js';

/** What folding may add to a graph in bytes, and do in steps, beyond four times what weights it has. */
const FOLD_BUDGET = { bytes: 2 ** 26, steps: 2 ** 24 };
/** Integers are folded exactly, one object an element. */
const STEPS_AN_INTEGER = 16;

/** A typed value of a graph under construction. */
export interface Value {
  readonly name: string;
  readonly type: TensorType;
}

export interface EmitOptions {
  readonly opType: string;
  /** `undefined` stands for an omitted optional input. */
  readonly inputs: readonly (Value | undefined)[];
  readonly attributes?: Attributes;
  /** How many outputs the node declares; 1 by default. */
  readonly outputs?: number;
  /** A readable stem for node and value names; the operator's by default. */
  readonly name?: string;
}

export interface BuilderOptions {
  readonly fold?: Fold;
  readonly reserved?: Iterable<string>;
  readonly variables?: Iterable<string>;
}

/** Computes nodes while a graph is built; see `fold/fold.ts`. */
export type Fold = typeof fold;

const IDENTITY = { opType: 'Identity', domain: '', attributes: {} } as const;

export const int = (value: Integer): Attribute => ({ kind: 'int', value });
export const ints = (value: readonly Integer[]): Attribute => ({ kind: 'ints', value });
export const float = (value: number): Attribute => ({ kind: 'float', value });
export const string = (value: string): Attribute => ({ kind: 'string', value });

/**
 * Builds one graph at the working opset with static types: every emitted node is type-checked by its shape rule, so
 * a mistake is reported where it is made. Nodes stand in emission order, which is a topological order.
 */
export class GraphBuilder {
  readonly #fold: Fold | undefined;
  readonly #inputs = new Map<string, Value>();
  readonly #outputs = new Map<string, Value>();
  readonly #constants = new Map<string, Tensor>();
  readonly #values = new Map<string, Value>();
  readonly #producers = new Map<string, Node>();
  readonly #nodes: Node[] = [];
  /** Small constants already emitted, by content. */
  readonly #interned = new Map<string, Value>();
  readonly #names: FreshNames;
  /** Constants whose values nobody may compute with, because gradients are asked of them. */
  readonly #variables: Set<string>;
  /** The float constants that a constant was computed from, and the other way round. */
  readonly #foldedFrom = new Map<string, readonly string[]>();
  readonly #foldedInto = new Map<string, string[]>();
  /** Bytes of constants that came from outside, and of those that folding made. */
  #givenBytes = 0;
  #foldedBytes = 0;
  /** Elements that folding has read and written. */
  #foldSteps = 0;

  /**
   * With `fold`, nodes whose result is known while building become constants, and those that do nothing vanish.
   * Names in `reserved` go only to nodes that ask for them and to `output`; constants named in `variables` are never
   * computed with.
   */
  constructor({ fold, reserved = [], variables = [] }: BuilderOptions = {}) {
    this.#fold = fold;
    this.#names = new FreshNames(reserved);
    this.#variables = new Set(variables);
  }

  /** From now on no one computes with this constant's value: what is built of it stays a function of it. */
  vary(value: Value): void {
    this.#variables.add(value.name);
  }

  /** The constants that were computed from this one, directly or through others. */
  foldedFrom(value: Value): ReadonlySet<string> {
    const found = new Set(this.#foldedInto.get(value.name));
    for (const name of found) for (const next of this.#foldedInto.get(name) ?? []) found.add(next);
    return found;
  }

  get nodes(): readonly Node[] {
    return this.#nodes;
  }

  input(name: string, type: TensorType): Value {
    const value = this.#register(name, type);
    this.#inputs.set(name, value);
    return value;
  }

  /**
   * A constant. Equal small ones (at most 16 elements) without a name share one initializer; a named one is a weight
   * of its own, which can be asked for its own gradient.
   */
  constant(tensor: Tensor, name?: string): Value {
    this.#givenBytes += byteLength(tensor);
    return this.#constant(tensor, name);
  }

  /**
   * A constant that stands for an operator's meaning, as a matrix for a transform: counted with what folding makes.
   *
   * @throws when too much has been made already: a few hostile bytes could ask for tables without end.
   */
  table(type: TensorType, make: () => Tensor): Value {
    const bytes = byteLength(type);
    if (this.#foldedBytes + bytes > this.#mostFoldedBytes())
      throw new Error('The tables that the graph needs in its place are too large in all.');
    this.#foldedBytes += bytes;
    return this.#constant(make(), undefined);
  }

  /** A constant computed from others, which it has to be known by when gradients are asked of those. */
  derived(tensor: Tensor, name: string, from: readonly (Value | undefined)[]): Value {
    const value = this.#constant(tensor, name);
    const sources = from.filter((source) => source !== undefined && isFloat(source.type.elementType));
    const names = sources.flatMap((source) => (source ? [source.name] : []));
    if (names.length === 0) return value;
    this.#foldedFrom.set(value.name, names);
    for (const source of names) {
      const into = this.#foldedInto.get(source);
      if (into) into.push(value.name);
      else this.#foldedInto.set(source, [value.name]);
    }
    return value;
  }

  #constant(tensor: Tensor, name: string | undefined): Value {
    const small = name === undefined && tensor.data.length <= 16;
    const key = small
      ? `${tensor.elementType}[${tensor.shape.join()}]${[...tensor.data].map((x) => (Object.is(x, -0) ? '-0' : String(x))).join()}`
      : '';
    const known = small ? this.#interned.get(key) : undefined;
    if (known) return known;
    const isFree = name !== undefined && this.#names.isFree(name);
    const value = this.#register(isFree ? name : this.#names.fresh(name ?? 'const'), {
      elementType: tensor.elementType,
      shape: tensor.shape,
    });
    this.#constants.set(value.name, tensor);
    if (small) this.#interned.set(key, value);
    return value;
  }

  scalar(value: number): Value {
    return this.constant(float32([], [value]));
  }

  int64(value: number): Value {
    return this.constant(int64([], [value]));
  }

  float32s(values: readonly number[]): Value {
    return this.constant(float32([values.length], values));
  }

  int64s(values: readonly number[]): Value {
    return this.constant(int64([values.length], values));
  }

  /** Emits a node and returns its outputs, typed by the operator's shape rule. */
  emit({ opType, inputs, attributes = {}, outputs = 1, name: asked }: EmitOptions): readonly Value[] {
    const name = asked ?? opType;
    const draft = this.#node(name, { opType, inputs, attributes, outputs });
    const context: ShapeContext = {
      node: draft,
      inputs: inputs.map((value) => value?.type),
      constant: (index) => this.constantOf(inputs[index]),
    };
    const types = inferTypes(context);
    const folded = this.#tryFold(context, types.slice(0, outputs));
    if (folded && 'input' in folded) {
      const passed = inputs[folded.input];
      if (passed) return [passed];
    } else if (folded) {
      const own = asked !== undefined && this.#names.isFree(asked);
      return folded.tensors.map((tensor) =>
        this.derived(tensor, own ? name : this.#names.fresh(name), inputs),
      );
    }
    const fresh = asked !== undefined && this.#names.isFree(asked) ? asked : this.#names.fresh(name);
    const node = fresh === name ? draft : this.#node(fresh, { opType, inputs, attributes, outputs });
    this.#nodes.push(node);
    return node.outputs.map((output, index) => {
      const type = types[index];
      if (!type) throw new Error(`${opType} (node "${node.name}") has no output ${index}.`);
      this.#producers.set(output, node);
      return this.#register(output, type);
    });
  }

  /** Emits a node with one output. */
  op(opType: string, inputs: readonly (Value | undefined)[], attributes: Attributes = {}): Value {
    const [value] = this.emit({ opType, inputs, attributes });
    if (!value) throw new Error(`${opType} returned no output.`);
    return value;
  }

  /** The stem, or the stem and a number: a name that is neither taken nor reserved. */
  freshName(stem: string): string {
    return this.#names.fresh(stem);
  }

  /**
   * Takes over a node of another graph at the working opset as it stands, with its names; what it reads must be here
   * already.
   *
   * @throws when one of its names is taken, or its operands do not fit.
   */
  adopt(node: Node): void {
    const inputs = node.inputs.map((name) => (name === '' ? undefined : this.value(name)));
    const types = inferTypes({
      node,
      inputs: inputs.map((value) => value?.type),
      constant: (index) => this.constantOf(inputs[index]),
    });
    this.#nodes.push(node);
    for (const [index, output] of node.outputs.entries()) {
      const type = types[index];
      if (output === '' || !type) continue;
      this.#producers.set(output, node);
      this.#register(output, type);
    }
  }

  /** The value under a name of its own, through a node that no folding removes. */
  apart(value: Value, name: string): Value {
    const fresh = this.#names.isFree(name) ? name : this.#names.fresh(name);
    this.adopt({ ...IDENTITY, name: fresh, inputs: [value.name], outputs: [fresh] });
    return this.value(fresh);
  }

  /** Makes a value an output, under its own name or (through Identity) another. */
  output(value: Value, name = value.name): Value {
    if (name !== value.name)
      this.adopt({ ...IDENTITY, name: `${name}/output`, inputs: [value.name], outputs: [name] });
    const output = this.value(name);
    this.#outputs.set(name, output);
    return output;
  }

  /** The node that computes a value; undefined for inputs and constants. */
  producerOf(value: Value): Node | undefined {
    return this.#producers.get(value.name);
  }

  /** A constant's value; undefined for what is computed, and for constants that gradients are asked of. */
  constantOf(value: Value | undefined): Tensor | undefined {
    return value && !this.#variables.has(value.name) ? this.#constants.get(value.name) : undefined;
  }

  isConstant(value: Value): boolean {
    return this.#constants.has(value.name);
  }

  isInput(value: Value): boolean {
    return this.#inputs.has(value.name);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /**
   * The value of this name.
   *
   * @throws when no such value exists.
   */
  value(name: string): Value {
    const value = this.#values.get(name);
    if (!value) throw new Error(`No value named "${name}" in this graph.`);
    return value;
  }

  /** The graph so far as a model; nodes and constants that no output needs are left out. */
  build(name: string): Model {
    const needed = new Set([...this.#outputs.keys()]);
    const nodes: Node[] = [];
    for (const node of this.#nodes.toReversed()) {
      if (!node.outputs.some((output) => needed.has(output))) continue;
      nodes.push(node);
      for (const input of node.inputs) if (input) needed.add(input);
    }
    const folded = new Set([...needed].flatMap((constant) => this.#foldedFrom.get(constant) ?? []));
    for (const constant of folded)
      for (const source of this.#foldedFrom.get(constant) ?? []) folded.add(source);
    const info = ({ name: valueName, type }: Value) => ({ name: valueName, ...type });
    const graph: Graph = {
      name,
      inputs: [...this.#inputs.values()].map(info),
      outputs: [...this.#outputs.values()].map(info),
      initializers: new Map([...this.#constants].filter(([constant]) => needed.has(constant))),
      nodes: nodes.reverse(),
      folded,
    };
    return {
      irVersion: WORKING_IR_VERSION,
      opsets: { '': WORKING_OPSET },
      producer: 'easel',
      metadata: {},
      graph,
    };
  }

  #node(name: string, { opType, inputs, attributes = {}, outputs = 1 }: EmitOptions): Node {
    return {
      name,
      opType,
      domain: '',
      inputs: inputs.map((value) => value?.name ?? ''),
      outputs: Array.from({ length: outputs }, (_, i) =>
        i === 0 ? name : this.#names.fresh(`${name}:${i}`),
      ),
      attributes,
    };
  }

  /** Folds within a budget: a few hostile bytes could otherwise ask for work and constants without end. */
  #tryFold(context: ShapeContext, types: readonly TensorType[]): Folded | undefined {
    if (!this.#fold) return undefined;
    const bytes = types.reduce((sum, type) => sum + byteLength(type), 0);
    const steps = stepsOf(context, types);
    if (this.#foldedBytes + bytes > this.#mostFoldedBytes()) return undefined;
    if (this.#foldSteps + steps > FOLD_BUDGET.steps + 4 * this.#givenBytes) return undefined;
    const folded = this.#fold(context, types);
    if (folded && 'tensors' in folded) {
      this.#foldedBytes += bytes;
      this.#foldSteps += steps;
    }
    return folded;
  }

  #mostFoldedBytes(): number {
    return FOLD_BUDGET.bytes + 4 * this.#givenBytes;
  }

  #register(name: string, type: TensorType): Value {
    this.#names.take(name);
    const value: Value = { name, type };
    this.#values.set(name, value);
    return value;
  }
}

/** How many elements a fold reads and writes; of an operand that is no constant, none. */
function stepsOf({ inputs, constant }: ShapeContext, outputs: readonly TensorType[]): number {
  const read = inputs.filter((type, index) => type && constant(index));
  return [...read, ...outputs].reduce((sum, type) => {
    const count = type ? elementCount(type.shape) : 0;
    return sum + count * (type && !isFloat(type.elementType) ? STEPS_AN_INTEGER : 1);
  }, 0);
}
