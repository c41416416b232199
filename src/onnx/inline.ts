import { attributeOf } from './attributes.js';
import type { GraphBuilder, Value } from './builder.js';
import type { Graph, Model, Node } from './graph.js';
import { ModelError } from './model-error.js';
import { conversionOf, convertedOperators } from './opsets/conversions.js';
import { isOperator } from './shapes/rules.js';

/** The opsets that models may be written in. */
const OPSETS = { oldest: 11, newest: 26 } as const;

/** Names of values in scope: a subgraph sees those around it. */
interface Scope {
  readonly values: Map<string, Value>;
  readonly outer?: Scope;
}

interface Inlining {
  readonly b: GraphBuilder;
  readonly opset: number;
  readonly prefix: string;
}

export interface InlineOptions {
  /** What each input of the model stands for; its type fixes the model's dimensions. */
  readonly inputs: Readonly<Record<string, Value>>;
  /** Put before the names of the model's values; empty by default. */
  readonly prefix?: string;
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

function convert(inlining: Inlining, node: Node, scope: Scope): readonly (Value | undefined)[] {
  const { b, opset, prefix } = inlining;
  const inputs = node.inputs.map((name) => (name === '' ? undefined : find(scope, name)));
  const branch = knownBranch(inlining, node, inputs);
  if (branch) return inlineGraph(inlining, branch, { values: new Map(), outer: scope });
  if (node.domain !== '') throw new Error(`Its domain ${node.domain} is not supported.`);
  if (!isOperator(node.opType) && !convertedOperators.includes(node.opType))
    throw new Error('The operator is not supported.');
  const name = `${prefix}${node.outputs[0] || node.name}`;
  return conversionOf(node.opType)({ b, node, opset, inputs, name });
}

/** Emits a graph's nodes and returns its outputs in order. */
function inlineGraph(inlining: Inlining, graph: Graph, scope: Scope): readonly Value[] {
  for (const [name, tensor] of graph.initializers) {
    scope.values.set(name, inlining.b.constant(tensor, `${inlining.prefix}${name}`));
  }
  for (const node of graph.nodes) {
    let results: readonly (Value | undefined)[];
    try {
      results = convert(inlining, node, scope);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const operator = node.domain ? `${node.domain}.${node.opType}` : node.opType;
      throw new ModelError(`${operator} (node "${node.name}", opset ${inlining.opset}): ${reason}`, {
        cause,
      });
    }
    for (const [index, output] of node.outputs.entries()) {
      const value = results[index];
      if (output !== '' && value) scope.values.set(output, value);
    }
  }
  return graph.outputs.map(({ name }) => find(scope, name));
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
  { inputs, prefix = '' }: InlineOptions,
): Readonly<Record<string, Value>> {
  const opset = model.opsets[''] ?? 0;
  if (opset < OPSETS.oldest || opset > OPSETS.newest) {
    throw new ModelError(`Expected an opset between ${OPSETS.oldest} and ${OPSETS.newest}, got ${opset}.`);
  }
  const values = new Map<string, Value>();
  for (const info of model.graph.inputs) {
    const value = Object.hasOwn(inputs, info.name) ? inputs[info.name] : undefined;
    if (!value) throw new ModelError(`Expected a value for input "${info.name}".`);
    const { elementType, shape } = value.type;
    const fits =
      (!info.elementType || info.elementType === elementType) &&
      (!info.shape ||
        (info.shape.length === shape.length &&
          info.shape.every((dimension, axis) => typeof dimension !== 'number' || dimension === shape[axis])));
    if (!fits) {
      const expected = `${info.elementType} [${info.shape?.map((dimension) => dimension ?? '?').join(', ')}]`;
      throw new ModelError(
        `Expected input "${info.name}" to be ${expected}, got ${elementType} [${shape.join(', ')}].`,
      );
    }
    values.set(info.name, value);
  }
  const outputs = inlineGraph({ b, opset, prefix }, model.graph, { values });
  return Object.fromEntries(
    model.graph.outputs.map(({ name }, index) => {
      const value = outputs[index];
      if (!value) throw new Error(`Output "${name}" has no value.`);
      return [name, value];
    }),
  );
}
