import {
  type AttributeProto,
  type GraphProto,
  AttributeProto_AttributeType as Kind,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from '../generated/onnx_pb.js';
import type { Attribute, Dimension, Graph, Integer, Node, ValueInfo } from '../graph.js';
import { sortNodes } from '../sort-nodes.js';
import type { Tensor } from '../tensor.js';
import { decodeTensor, elementTypeOf, MOST_AXES, type ReadExternal } from './decode-tensor.js';

const text = new TextDecoder('utf-8', { fatal: true });

/** Adds what was being read to the predicate that a deeper level threw. */
function named<T>(subject: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new Error(`${subject} ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function decodeValueInfo(proto: ValueInfoProto): ValueInfo {
  const { name, type } = proto;
  if (!type || type.value.case === undefined) return { name };
  if (type.value.case !== 'tensorType') throw new Error(`is a ${type.value.case}, not a tensor`);
  const { elemType, shape } = type.value.value;
  const elementType = elementTypeOf(elemType);
  if (!shape) return { name, elementType };
  if (shape.dim.length > MOST_AXES) throw new Error(`has ${shape.dim.length} axes`);
  return { name, elementType, shape: shape.dim.map(({ value }) => decodeDimension(value)) };
}

function decodeDimension(value: { readonly case?: string | undefined; readonly value?: unknown }): Dimension {
  if (value.case === 'dimParam') return String(value.value) || null;
  if (value.case !== 'dimValue') return null;
  const dimension = Number(value.value);
  if (dimension < 0 || !Number.isSafeInteger(dimension)) throw new Error(`has a dimension of ${dimension}`);
  return dimension;
}

function integer(value: bigint): Integer {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function decodeAttribute(proto: AttributeProto, readExternal: ReadExternal): Attribute {
  switch (proto.type) {
    case Kind.INT:
      return { kind: 'int', value: integer(proto.i) };
    case Kind.FLOAT:
      return { kind: 'float', value: proto.f };
    case Kind.STRING:
      return { kind: 'string', value: text.decode(proto.s) };
    case Kind.INTS:
      return { kind: 'ints', value: proto.ints.map(integer) };
    case Kind.FLOATS:
      return { kind: 'floats', value: proto.floats };
    case Kind.STRINGS:
      return { kind: 'strings', value: proto.strings.map((bytes) => text.decode(bytes)) };
    case Kind.TENSOR:
      if (!proto.t) throw new Error('has no tensor');
      return { kind: 'tensor', value: decodeTensor(proto.t, readExternal) };
    case Kind.GRAPH:
      if (!proto.g) throw new Error('has no graph');
      return { kind: 'graph', value: decodeGraph(proto.g, readExternal) };
    default:
      throw new Error(`is of kind ${Kind[proto.type] ?? proto.type}, which is not supported`);
  }
}

function decodeNode(proto: NodeProto, index: number, readExternal: ReadExternal): Node {
  const name = proto.name || `${proto.opType}_${index}`;
  const attributes = proto.attribute.map((attribute) => {
    const subject = `attribute \`${attribute.name}\` of ${proto.opType} (node "${name}")`;
    return [attribute.name, named(subject, () => decodeAttribute(attribute, readExternal))] as const;
  });
  return {
    name,
    opType: proto.opType,
    domain: proto.domain === 'ai.onnx' ? '' : proto.domain,
    inputs: proto.input,
    outputs: proto.output,
    attributes: Object.fromEntries(attributes),
  };
}

function decodeInitializers(
  protos: readonly TensorProto[],
  readExternal: ReadExternal,
): ReadonlyMap<string, Tensor> {
  const tensors = new Map<string, Tensor>();
  for (const proto of protos) {
    if (tensors.has(proto.name)) throw new Error(`two initializers are named "${proto.name}"`);
    tensors.set(
      proto.name,
      named(`initializer "${proto.name}"`, () => decodeTensor(proto, readExternal)),
    );
  }
  return tensors;
}

/**
 * A graph from its message. Initializers that are listed among the inputs too (as files of IR version 3 must) become
 * constants: Easel never overrides a weight.
 *
 * @throws with the reason, as a clause that follows "because".
 */
export function decodeGraph(proto: GraphProto, readExternal: ReadExternal): Graph {
  if (proto.sparseInitializer.length > 0)
    throw new Error('it has sparse initializers, which are not supported');
  const initializers = decodeInitializers(proto.initializer, readExternal);
  const infos = (protos: readonly ValueInfoProto[]) =>
    protos.map((info) => named(`value "${info.name}"`, () => decodeValueInfo(info)));
  const inner = proto.valueInfo.filter((info) => info.type?.value.case === 'tensorType');
  return {
    name: proto.name,
    inputs: infos(proto.input.filter((info) => !initializers.has(info.name))),
    outputs: infos(proto.output),
    initializers,
    nodes: sortNodes(proto.node.map((node, index) => decodeNode(node, index, readExternal))),
    valueInfo: new Map(infos(inner).map((info) => [info.name, info])),
  };
}
