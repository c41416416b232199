import type { Attribute, Graph, Model, Node, ValueInfo } from '../graph.js';
import { printable } from '../printable.js';
import { elementCount, type Tensor, toNumbers } from '../tensor.js';
import { typeText, valueTypes } from './value-types.js';

export interface DumpOptions {
  /** Whether every node is listed; true by default. */
  readonly nodes?: boolean;
}

const count = (value: number) => value.toLocaleString('en');
const section = (title: string, lines: readonly string[]) => [title, ...lines.map((line) => `  ${line}`)];
function tensorText(tensor: Tensor): string {
  const shown = toNumbers({ ...tensor, data: tensor.data.slice(0, 8) });
  const rest = tensor.data.length > shown.length ? ', …' : '';
  return `${typeText(tensor)} {${shown.join(', ')}${rest}}`;
}

function attributeText(attribute: Attribute): string {
  switch (attribute.kind) {
    case 'tensor':
      return tensorText(attribute.value);
    case 'graph':
      return `graph of ${attribute.value.nodes.length} nodes`;
    case 'string':
      return JSON.stringify(attribute.value);
    case 'ints':
    case 'floats':
      return `[${attribute.value.join(', ')}]`;
    case 'strings':
      return JSON.stringify(attribute.value);
    case 'int':
    case 'float':
      return String(attribute.value);
  }
}

function nodeText(node: Node, graph: Graph, types: ReadonlyMap<string, ValueInfo>): string {
  const operand = (name: string) => {
    const tensor = graph.initializers.get(name);
    if (tensor && tensor.data.length <= 8) return tensorText(tensor);
    return name === '' ? '–' : name;
  };
  const outputs = node.outputs.map((name) => (name === '' ? '–' : `${name}: ${typeText(types.get(name))}`));
  const attributes = Object.entries(node.attributes).map(
    ([name, value]) => `${name}=${attributeText(value)}`,
  );
  const operator = node.domain ? `${node.domain}.${node.opType}` : node.opType;
  const suffix = attributes.length > 0 ? ` {${attributes.join(', ')}}` : '';
  return `${outputs.join(', ')} = ${operator}(${node.inputs.map(operand).join(', ')})${suffix}`;
}

/** `Conv 23, Mul 19, …`, most frequent first. */
function histogram(nodes: readonly Node[]): string {
  const counts = new Map<string, number>();
  for (const { opType } of nodes) counts.set(opType, (counts.get(opType) ?? 0) + 1);
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return sorted.map(([opType, uses]) => `${opType} ${uses}`).join(', ');
}

/**
 * A model as text for people: what goes in and out, operators, weights, and each node with the types of its outputs
 * (declared in the file or, at the working opset, inferred).
 */
export function dump(model: Model, { nodes = true }: DumpOptions = {}): string {
  const { graph } = model;
  const types = valueTypes(model);
  const weights = [...graph.initializers.values()];
  const parameters = weights.reduce((sum, { shape }) => sum + elementCount(shape), 0);
  const bytes = weights.reduce((sum, { data }) => sum + data.byteLength, 0);
  const opsets = Object.entries(model.opsets).map(([domain, version]) => `${domain || 'onnx'} ${version}`);
  const info = (value: ValueInfo) => `${value.name}: ${typeText(types.get(value.name) ?? value)}`;
  const lines = [
    `model "${graph.name}", opset ${opsets.join(', ')}, IR ${model.irVersion}, by ${model.producer || 'unknown'}`,
    ...section('inputs', graph.inputs.map(info)),
    ...section('outputs', graph.outputs.map(info)),
    ...section('operators', [`${count(graph.nodes.length)} nodes: ${histogram(graph.nodes)}`]),
    ...section('weights', [
      `${count(parameters)} numbers in ${count(weights.length)} tensors, ${count(bytes)} bytes`,
    ]),
    ...(nodes
      ? section(
          'nodes',
          graph.nodes.map((node) => nodeText(node, graph, types)),
        )
      : []),
  ];
  return lines.map(printable).join('\n');
}
