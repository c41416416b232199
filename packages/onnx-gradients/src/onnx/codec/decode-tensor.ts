import { type ElementType, elementTypeOfNumber, type TensorData, TYPED_ARRAYS } from '../element-type.js';
import { type TensorProto, TensorProto_DataLocation } from '../generated/onnx_pb.js';
import { elementCount, type Tensor } from '../tensor.js';

/** Where a tensor's bytes lie outside the model file. */
export interface ExternalRegion {
  readonly location: string;
  readonly offset: number;
  readonly length: number;
}

/** Hands out bytes of files beside the model; throws with the reason when it may not or cannot. */
export type ReadExternal = (region: ExternalRegion) => Uint8Array;

/** Which field of TensorProto holds the numbers of a type when they are not raw. */
const TYPED_FIELDS = {
  float32: 'floatData',
  float64: 'doubleData',
  int64: 'int64Data',
  uint64: 'uint64Data',
  uint32: 'uint64Data',
  int32: 'int32Data',
  int16: 'int32Data',
  int8: 'int32Data',
  uint16: 'int32Data',
  uint8: 'int32Data',
  bool: 'int32Data',
  float16: 'int32Data',
  bfloat16: 'int32Data',
} as const satisfies Record<ElementType, keyof TensorProto>;

/** A typed array over bytes: a view where alignment allows, a copy elsewhere. */
function view(elementType: ElementType, bytes: Uint8Array): TensorData {
  const { BYTES_PER_ELEMENT } = TYPED_ARRAYS[elementType];
  // A copy by constructor, because slice() of a Buffer is a view.
  const aligned = bytes.byteOffset % BYTES_PER_ELEMENT === 0 ? bytes : new Uint8Array(bytes);
  const { buffer, byteOffset, byteLength } = aligned;
  return new TYPED_ARRAYS[elementType](buffer as ArrayBuffer, byteOffset, byteLength / BYTES_PER_ELEMENT); // Never shared: both kinds of bytes are our own.
}

/** More than any tensor has. */
export const MOST_AXES = 256;

function shapeOf(proto: TensorProto): readonly number[] {
  if (proto.dims.length > MOST_AXES) throw new Error(`has ${proto.dims.length} axes`);
  const shape = proto.dims.map(Number);
  if (shape.some((dimension) => dimension < 0) || !Number.isSafeInteger(elementCount(shape))) {
    throw new Error(`has the impossible shape [${shape.join(', ')}]`);
  }
  return shape;
}

function externalRegion(proto: TensorProto, expectedBytes: number): ExternalRegion {
  const entries = new Map(proto.externalData.map(({ key, value }) => [key, value]));
  const number = (key: string, fallback: number) => {
    const text = entries.get(key) ?? String(fallback);
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isNaN(value)) throw new Error(`has the external ${key} "${text}", which is no byte count`);
    return value;
  };
  const length = number('length', expectedBytes);
  if (length !== expectedBytes) {
    throw new Error(`has ${length} bytes of external data where its shape needs ${expectedBytes}`);
  }
  return { location: entries.get('location') ?? '', offset: number('offset', 0), length };
}

function typedData(proto: TensorProto, elementType: ElementType, count: number): TensorData {
  const values = proto[TYPED_FIELDS[elementType]];
  if (values.length !== count) {
    throw new Error(`has ${values.length} numbers where its shape needs ${count}`);
  }
  const data = new TYPED_ARRAYS[elementType](count);
  // uint32 is the one type whose field is wider than its array: bigints become numbers.
  const wide = data instanceof BigInt64Array || data instanceof BigUint64Array;
  for (let i = 0; i < count; i += 1) data[i] = (wide ? values[i] : Number(values[i])) as never; // Both sides were just matched.
  return data;
}

/**
 * A tensor from its message: raw bytes, typed fields or external data.
 *
 * @throws with the reason, as a predicate that follows the tensor's name ("has …").
 */
export function decodeTensor(proto: TensorProto, readExternal: ReadExternal): Tensor {
  const elementType = elementTypeOf(proto.dataType);
  const shape = shapeOf(proto);
  const count = elementCount(shape);
  const bytes = count * TYPED_ARRAYS[elementType].BYTES_PER_ELEMENT;
  if (proto.dataLocation === TensorProto_DataLocation.EXTERNAL) {
    const region = externalRegion(proto, bytes);
    return { elementType, shape, data: view(elementType, readExternal(region)) };
  }
  if (proto.rawData.length > 0) {
    if (proto.rawData.length !== bytes) {
      throw new Error(`has ${proto.rawData.length} bytes where its shape needs ${bytes}`);
    }
    return { elementType, shape, data: view(elementType, proto.rawData) };
  }
  return { elementType, shape, data: typedData(proto, elementType, count) };
}

/** @throws with the reason, as a predicate. */
export function elementTypeOf(dataType: number): ElementType {
  try {
    return elementTypeOfNumber(dataType);
  } catch (cause) {
    throw new Error(`has element type ${dataType}, which is not supported`, { cause });
  }
}
