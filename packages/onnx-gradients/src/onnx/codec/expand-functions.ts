import { create } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  type FunctionProto,
  type GraphProto,
  GraphProtoSchema,
  type ModelProto,
  type NodeProto,
  NodeProtoSchema,
} from '../generated/onnx_pb.js';

/** Expansion multiplies: functions that call functions could otherwise grow a small file without bound. */
const MAX_NODES = 200_000;
const MAX_DEPTH = 50;
/** Characters of names, and numbers in attributes, that calls may multiply to. */
const MAX_COPIED = 2 ** 22;

interface Expansion {
  readonly functions: ReadonlyMap<string, FunctionProto>;
  readonly modelOpsets: ReadonlyMap<string, bigint>;
  nodes: number;
  copied: number;
}

/** A call being expanded: what formal names and attributes stand for. */
interface Call {
  readonly rename: (name: string) => string;
  readonly attributes: ReadonlyMap<string, AttributeProto>;
}

const domainOf = (domain: string) => (domain === 'ai.onnx' ? '' : domain);
const keyOf = (domain: string, name: string, overload: string) => `${domainOf(domain)}:${name}:${overload}`;

function checkOpsets({ modelOpsets }: Expansion, definition: FunctionProto): void {
  for (const { domain, version } of definition.opsetImport) {
    const ours = modelOpsets.get(domainOf(domain));
    if (domainOf(domain) === '' && ours !== undefined && ours !== version) {
      throw new Error(
        `function ${definition.name} is written in opset ${version} while the model is in opset ${ours}`,
      );
    }
  }
}

/** An attribute inside a function body: a reference takes the call's value, or disappears when it has none. */
function bindAttribute(attribute: AttributeProto, call: Call): readonly AttributeProto[] {
  if (attribute.refAttrName !== '') {
    const given = call.attributes.get(attribute.refAttrName);
    return given ? [{ ...given, name: attribute.name }] : [];
  }
  if (!attribute.g) return [attribute];
  return [{ ...attribute, g: renameGraph(attribute.g, call) }];
}

function bindNode(node: NodeProto, call: Call): NodeProto {
  return create(NodeProtoSchema, {
    ...node,
    name: call.rename(node.name || node.opType),
    input: node.input.map(call.rename),
    output: node.output.map(call.rename),
    attribute: node.attribute.flatMap((attribute) => bindAttribute(attribute, call)),
  });
}

function renameGraph(graph: GraphProto, call: Call): GraphProto {
  const named = <T extends { name: string }>(items: readonly T[]) =>
    items.map((item) => ({ ...item, name: call.rename(item.name) }));
  return create(GraphProtoSchema, {
    ...graph,
    input: named(graph.input),
    output: named(graph.output),
    initializer: named(graph.initializer),
    valueInfo: named(graph.valueInfo),
    node: graph.node.map((node) => bindNode(node, call)),
  });
}

/** How much one call of a function copies: its names, and what stands in its attributes. */
function sizeOf({ node: nodes }: { readonly node: readonly NodeProto[] }): number {
  let size = 0;
  for (const { name, input, output, attribute } of nodes) {
    size += name.length;
    for (const text of input) size += text.length + 8;
    for (const text of output) size += text.length + 8;
    for (const { ints, floats, strings, s, t, g } of attribute) {
      size += ints.length + floats.length + strings.length + s.length;
      if (t) size += t.rawData.length + t.int32Data.length + t.int64Data.length + t.floatData.length;
      if (t) size += t.doubleData.length + t.uint64Data.length;
      if (g) size += sizeOf(g);
    }
  }
  return size;
}

function expandCall(node: NodeProto, definition: FunctionProto, prefix: string): readonly NodeProto[] {
  const actual = new Map<string, string>();
  for (const [i, formal] of definition.input.entries()) actual.set(formal, node.input[i] ?? '');
  for (const [i, formal] of definition.output.entries()) {
    const output = node.output[i];
    if (output) actual.set(formal, output);
  }
  const attributes = new Map(
    [...definition.attributeProto, ...node.attribute].map((attribute) => [attribute.name, attribute]),
  );
  const rename = (name: string) => (name === '' ? '' : (actual.get(name) ?? `${prefix}/${name}`));
  return definition.node.map((inner) => bindNode(inner, { rename, attributes }));
}

function expandNodes(
  nodes: readonly NodeProto[],
  expansion: Expansion,
  stack: readonly string[],
): NodeProto[] {
  const expanded: NodeProto[] = [];
  for (const node of nodes) {
    expansion.nodes += 1;
    if (expansion.nodes > MAX_NODES) throw new Error(`its functions expand to more than ${MAX_NODES} nodes`);
    for (const attribute of node.attribute) {
      if (attribute.g) attribute.g.node = expandNodes(attribute.g.node, expansion, stack);
    }
    const key = keyOf(node.domain, node.opType, node.overload);
    const definition = expansion.functions.get(key);
    if (!definition) {
      expanded.push(node);
      continue;
    }
    if (stack.length === MAX_DEPTH) throw new Error(`its functions call each other ${MAX_DEPTH} levels deep`);
    if (stack.includes(key)) throw new Error(`function ${node.opType} calls itself`);
    checkOpsets(expansion, definition);
    expansion.copied += sizeOf(definition) + sizeOf({ node: [node] });
    if (expansion.copied > MAX_COPIED) throw new Error('its functions expand to more than a model holds');
    const prefix = `${node.opType.slice(0, 60)}#${expansion.nodes}`;
    const body = expandNodes(expandCall(node, definition, prefix), expansion, [...stack, key]);
    for (const inner of body) expanded.push(inner);
  }
  return expanded;
}

/**
 * Replaces every call of a model-local function by the function's nodes, in place.
 *
 * @throws with the reason, as a clause that follows "because".
 */
export function expandFunctions(model: ModelProto): void {
  if (model.functions.length === 0 || !model.graph) return;
  const functions = new Map(model.functions.map((f) => [keyOf(f.domain, f.name, f.overload), f]));
  const modelOpsets = new Map(model.opsetImport.map(({ domain, version }) => [domainOf(domain), version]));
  model.graph.node = expandNodes(model.graph.node, { functions, modelOpsets, nodes: 0, copied: 0 }, []);
}
