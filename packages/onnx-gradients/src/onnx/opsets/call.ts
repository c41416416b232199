import type { GraphBuilder, Value } from '../builder.js';
import type { Attributes, Node } from '../graph.js';

/** A node of a model's own opset on its way into a graph at the working opset. */
export interface Call {
  readonly b: GraphBuilder;
  readonly node: Node;
  /** The opset the node is written in. */
  readonly opset: number;
  /** The node's operands in the graph under construction; undefined where an optional one is omitted. */
  readonly inputs: readonly (Value | undefined)[];
  /** The stem for the names of what is emitted. */
  readonly name: string;
}

/** Emits what a node means at the working opset; one value per output that the node declares. */
export type Conversion = (call: Call) => readonly (Value | undefined)[];

/** Emits the node as it stands, or with other inputs or attributes. */
export function keep(
  { b, node, inputs, name }: Call,
  changes: { readonly inputs?: readonly (Value | undefined)[]; readonly attributes?: Attributes } = {},
): readonly Value[] {
  return b.emit({
    opType: node.opType,
    inputs: trimmed(changes.inputs ?? inputs),
    attributes: changes.attributes ?? node.attributes,
    outputs: declared(node),
    name,
  });
}

/** How many outputs a node declares, less the unused ones at the end. */
function declared({ outputs }: Node): number {
  return outputs.findLastIndex((output) => output !== '') + 1;
}

function trimmed(inputs: readonly (Value | undefined)[]): readonly (Value | undefined)[] {
  return inputs.slice(0, inputs.findLastIndex((input) => input !== undefined) + 1);
}

/** @throws when the operand is missing. */
export function inputOf({ inputs }: Call, index: number): Value {
  const value = inputs[index];
  if (!value) throw new Error(`Expected input ${index}, which is missing.`);
  return value;
}

/** The attributes without some of them. */
export function without(attributes: Attributes, ...names: readonly string[]): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)));
}
