import { create } from '@bufbuild/protobuf';
import { ELEMENT_TYPE_NUMBERS } from '../element-type.js';
import {
  type AttributeProto,
  AttributeProtoSchema,
  type GraphProto,
  GraphProtoSchema,
  AttributeProto_AttributeType as Kind,
  NodeProtoSchema,
  type TensorProto,
  TensorProto_DataLocation,
  TensorProtoSchema,
  type TensorShapeProto_Dimension,
  TensorShapeProto_DimensionSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from '../generated/onnx_pb.js';
import type { Attribute, Dimension, Graph, Node, ValueInfo } from '../graph.js';
import { saturated, type Tensor } from '../tensor.js';
import type { ExternalRegion } from './decode-tensor.js';

/** Where a tensor lies in a weights file; undefined for one that stays in the model file. */
export type Place = (tensor: Tensor) => ExternalRegion | undefined;

const text = new TextEncoder();
/** The bytes of a tensor's data, not copied. */
export function bytesOf({ data }: Tensor): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function encodeTensor(name: string, tensor: Tensor, place: Place): TensorProto {
  const region = place(tensor);
  const common = {
    name,
    dims: tensor.shape.map(BigInt),
    dataType: ELEMENT_TYPE_NUMBERS[tensor.elementType],
  };
  if (!region) return create(TensorProtoSchema, { ...common, rawData: bytesOf(tensor) });
  const externalData = Object.entries(region).map(([key, value]) => ({ key, value: String(value) }));
  return create(TensorProtoSchema, {
    ...common,
    dataLocation: TensorProto_DataLocation.EXTERNAL,
    externalData,
  });
}

function encodeDimension(dimension: Dimension): TensorShapeProto_Dimension {
  if (dimension === null) return create(TensorShapeProto_DimensionSchema);
  return create(TensorShapeProto_DimensionSchema, {
    value:
      typeof dimension === 'number'
        ? { case: 'dimValue', value: BigInt(dimension) }
        : { case: 'dimParam', value: dimension },
  });
}

function encodeValueInfo({ name, elementType, shape }: ValueInfo): ValueInfoProto {
  if (!elementType) return create(ValueInfoProtoSchema, { name });
  const elemType = ELEMENT_TYPE_NUMBERS[elementType];
  const value = shape ? { elemType, shape: { dim: shape.map(encodeDimension) } } : { elemType };
  return create(ValueInfoProtoSchema, { name, type: { value: { case: 'tensorType', value } } });
}

/** The message fields of an attribute; the type number is always written, as the specification demands. */
function attributeFields(attribute: Attribute, place: Place): Partial<Omit<AttributeProto, '$typeName'>> {
  switch (attribute.kind) {
    case 'int':
      return { type: Kind.INT, i: saturated(attribute.value) };
    case 'float':
      return { type: Kind.FLOAT, f: attribute.value };
    case 'string':
      return { type: Kind.STRING, s: text.encode(attribute.value) };
    case 'tensor':
      return { type: Kind.TENSOR, t: encodeTensor('', attribute.value, () => undefined) };
    case 'graph':
      return { type: Kind.GRAPH, g: encodeGraph(attribute.value, place) };
    case 'ints':
      return { type: Kind.INTS, ints: attribute.value.map(saturated) };
    case 'floats':
      return { type: Kind.FLOATS, floats: [...attribute.value] };
    case 'strings':
      return { type: Kind.STRINGS, strings: attribute.value.map((value) => text.encode(value)) };
  }
}

function encodeNode(node: Node, place: Place) {
  return create(NodeProtoSchema, {
    name: node.name,
    opType: node.opType,
    domain: node.domain,
    input: [...node.inputs],
    output: [...node.outputs],
    attribute: Object.entries(node.attributes).map(([name, attribute]) =>
      create(AttributeProtoSchema, { name, ...attributeFields(attribute, place) }),
    ),
  });
}

/** A graph as its message; tensors that `place` finds in a weights file are only referred to. */
export function encodeGraph(graph: Graph, place: Place): GraphProto {
  return create(GraphProtoSchema, {
    name: graph.name,
    input: graph.inputs.map(encodeValueInfo),
    output: graph.outputs.map(encodeValueInfo),
    initializer: [...graph.initializers].map(([name, tensor]) => encodeTensor(name, tensor, place)),
    node: graph.nodes.map((node) => encodeNode(node, place)),
    valueInfo: [...(graph.valueInfo?.values() ?? [])].map(encodeValueInfo),
  });
}
