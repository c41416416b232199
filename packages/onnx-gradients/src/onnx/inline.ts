import { attributeOf } from './attributes.js';
import type { GraphBuilder, Value } from './builder.js';
import type { Graph, Model, Node, ValueInfo } from './graph.js';
import { ModelError, reasonOf } from './model-error.js';
import { conversionOf, convertedOperators } from './opsets/conversions.js';
import { checkNode } from './opsets/schema.js';
import { type Sequence, SEQUENCES } from './sequences.js';
import { isOperator } from './shapes/rules.js';
import { NEWEST_OPSET } from './generated/schemas.js';
import { namesRead } from './sort-nodes.js';

/** The opsets that models may be written in. */
const OPSETS = { oldest: 7, newest: NEWEST_OPSET } as const;

/** Names of values in scope: a subgraph sees those around it. */
interface Scope {
  readonly values: Map<string, Value>;
  readonly sequences: Map<string, Sequence>;
  readonly outer?: Scope;
}

interface Inlining {
  readonly b: GraphBuilder;
  readonly opset: number;
  readonly prefix: string;
  /** Names that must be values of their own, even where they only rename another. */
  readonly apart: ReadonlySet<string>;
}

export interface InlineOptions {
  /** What each input of the model stands for; its type fixes the model's dimensions. */
  readonly inputs: Readonly<Record<string, Value>>;
  /** Put before the names of the model's values; empty by default. */
  readonly prefix?: string;
  /** Values that gradients are asked of or stopped at: none of them is computed with, or taken for another. */
  readonly apart?: Iterable<string>;
}

function findSequence(scope: Scope | undefined, name: string): Sequence | undefined {
  return scope && (scope.sequences.get(name) ?? findSequence(scope.outer, name));
}

function find(scope: Scope | undefined, name: string): Value {
  for (let at = scope; at; at = at.outer) {
    const value = at.values.get(name);
    if (value) return value;
  }
  throw new Error(`No value named "${name}" stands before its use.`);
}

/** The branch of an If whose condition is known. */
function knownBranch({ b }: Inlining, node: Node, inputs: readonly (Value | undefined)[]): Graph | undefined {
  if (node.opType !== 'If' || node.domain !== '') return undefined;
  const condition = b.constantOf(inputs[0]);
  return condition && attributeOf(node, condition.data[0] ? 'then_branch' : 'else_branch', 'graph');
}

/** Control flow has subgraphs, which no table of types fits. */
const UNCHECKED = ['If', 'Loop', 'Scan'];

function convert(inlining: Inlining, node: Node, scope: Scope): readonly (Value | undefined)[] {
  const { b, opset, prefix } = inlining;
  const sequences = node.inputs.map((name) => findSequence(scope, name));
  const inputs = node.inputs.map((name, index) =>
    name === '' || sequences[index] ? undefined : find(scope, name),
  );
  const ofSequences =
    node.domain === '' && Object.hasOwn(SEQUENCES, node.opType) ? SEQUENCES[node.opType] : undefined;
  if (ofSequences) {
    const result = ofSequences({ b, node, values: inputs, sequence: sequences[0] });
    if (!Array.isArray(result)) return [result as Value]; // isArray misses readonly
    scope.sequences.set(node.outputs[0] ?? '', result);
    return [];
  }
  if (sequences.some(Boolean)) throw new Error('The operator is not supported on sequences.');
  const branch = knownBranch(inlining, node, inputs);
  if (branch) return inlineGraph(inlining, branch, { values: new Map(), sequences: new Map(), outer: scope });
  if (node.domain !== '') throw new Error(`Its domain ${node.domain} is not supported.`);
  if (!isOperator(node.opType) && !convertedOperators.includes(node.opType))
    throw new Error('The operator is not supported.');
  const types = inputs.map((value) => value?.type.elementType);
  if (!UNCHECKED.includes(node.opType)) checkNode(node, opset, types);
  const name = `${prefix}${node.outputs[0] || node.name}`;
  return conversionOf(node.opType)({ b, node, opset, inputs, name });
}

/** Emits one node and puts its outputs in scope. */
function emitNode(inlining: Inlining, node: Node, scope: Scope): void {
  const { b, opset, prefix, apart } = inlining;
  let results: readonly (Value | undefined)[];
  try {
    results = convert(inlining, node, scope);
  } catch (cause) {
    const reason = reasonOf(cause);
    const operator = node.domain ? `${node.domain}.${node.opType}` : node.opType;
    throw new ModelError(`${operator} (node "${node.name}", opset ${opset}): ${reason}`, { cause });
  }
  for (const [index, output] of node.outputs.entries()) {
    const value = results[index];
    if (output === '' || !value) continue;
    const isApart = apart.has(output) && value.name !== `${prefix}${output}`;
    const own = isApart ? b.apart(value, `${prefix}${output}`) : value;
    if (apart.has(output)) b.vary(own);
    scope.values.set(output, own);
  }
}

/**
 * Emits what the named values of a graph need, in the graph's order; what is in scope already stays as it is.
 *
 * @throws ModelError naming what is not supported, or a name that the graph does not have.
 */
function emitNeeded(
  inlining: Inlining,
  graph: Graph,
  { scope, names }: { scope: Scope; names: readonly string[] },
) {
  const needed = neededNames(graph, names);
  for (const [name, tensor] of graph.initializers) {
    if (!needed.has(name) || scope.values.has(name)) continue;
    const value = inlining.b.constant(tensor, `${inlining.prefix}${name}`);
    if (inlining.apart.has(name)) inlining.b.vary(value);
    scope.values.set(name, value);
  }
  for (const node of graph.nodes) {
    const isWanted = node.outputs.some(
      (name) => name !== '' && needed.has(name) && !scope.values.has(name) && !scope.sequences.has(name),
    );
    if (isWanted) emitNode(inlining, node, scope);
  }
}

/** The names that the given ones are computed from, themselves among them. */
function neededNames(graph: Graph, names: readonly string[]): ReadonlySet<string> {
  const needed = new Set(names);
  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some((name) => name !== '' && needed.has(name))) continue;
    for (const name of namesRead(node)) needed.add(name);
  }
  return needed;
}

/** Emits a whole graph and returns its outputs in order. */
function inlineGraph(inlining: Inlining, graph: Graph, scope: Scope): readonly Value[] {
  const names = graph.outputs.map(({ name }) => name);
  emitNeeded(inlining, graph, { scope, names });
  return names.map((name) => find(scope, name));
}

/** A model on its way into a graph under construction: values are emitted when they are first asked for. */
export interface Inlined {
  /**
   * The values of names, with all that they are computed from.
   *
   * @throws ModelError in one sentence with operator, node and opset for what is not supported on the way there.
   */
  readonly values: (names: readonly string[]) => readonly Value[];
  /** Whether a graph input, a weight or a node's output has this name. */
  readonly has: (name: string) => boolean;
}

/**
 * Brings a model to the working opset in a graph under construction; its weights stay the same tensors. With a
 * folding builder, shape arithmetic disappears on the way.
 *
 * @throws ModelError naming an input that is missing or does not fit.
 */
export function openInlined(
  b: GraphBuilder,
  model: Model,
  { inputs, prefix = '', apart = [] }: InlineOptions,
): Inlined {
  const { graph } = model;
  const opset = model.opsets[''] ?? 0;
  if (opset < OPSETS.oldest || opset > OPSETS.newest) {
    throw new ModelError(`Expected an opset between ${OPSETS.oldest} and ${OPSETS.newest}, got ${opset}.`);
  }
  const values = new Map(graph.inputs.map((info) => [info.name, boundInput(info, inputs)]));
  const sequences = new Map<string, Sequence>();
  const made = new Set(graph.nodes.flatMap(({ outputs }) => outputs).filter((name) => name !== ''));
  const inlining = { b, opset, prefix, apart: new Set(apart) };
  return {
    has: (name) => values.has(name) || graph.initializers.has(name) || made.has(name),
    values: (names) => {
      const scope = { values, sequences };
      emitNeeded(inlining, graph, { scope, names });
      return names.map((name) => declared(graph, name, find(scope, name)));
    },
  };
}

/** A value that may be declared as an output, whose element type it has to be then. */
function declared({ outputs }: Graph, name: string, value: Value): Value {
  const expected = outputs.find((output) => output.name === name)?.elementType;
  const { elementType } = value.type;
  if (expected && expected !== elementType)
    throw new ModelError(`Output "${name}" is declared as ${expected}, but ${elementType} comes out of it.`);
  return value;
}

/** The value that stands for an input, which it has to fit. */
function boundInput(info: ValueInfo, inputs: Readonly<Record<string, Value>>): Value {
  const value = Object.hasOwn(inputs, info.name) ? inputs[info.name] : undefined;
  if (!value) throw new ModelError(`Expected a value for input "${info.name}".`);
  const { elementType, shape } = value.type;
  const fits =
    (!info.elementType || info.elementType === elementType) &&
    (!info.shape ||
      (info.shape.length === shape.length &&
        info.shape.every((dimension, axis) => typeof dimension !== 'number' || dimension === shape[axis])));
  if (fits) return value;
  const expected = `${info.elementType} [${info.shape?.map((dimension) => dimension ?? '?').join(', ')}]`;
  throw new ModelError(
    `Expected input "${info.name}" to be ${expected}, got ${elementType} [${shape.join(', ')}].`,
  );
}

/**
 * Copies a model's graph into a graph under construction, brought to the working opset; its weights stay the same
 * tensors. With a folding builder, shape arithmetic disappears on the way.
 *
 * @returns the values of the model's outputs by name.
 * @throws ModelError in one sentence with operator, node and opset for what is not supported, or naming an input that is missing
 *   or does not fit.
 */
export function inline(
  b: GraphBuilder,
  model: Model,
  options: InlineOptions,
): Readonly<Record<string, Value>> {
  const names = model.graph.outputs.map(({ name }) => name);
  const values = openInlined(b, model, options).values(names);
  return Object.fromEntries(values.map((value, index) => [names[index], value]));
}
