/** ONNX element types that Easel handles, with their `TensorProto.DataType` numbers (onnx.proto3). */
export const ELEMENT_TYPE_NUMBERS = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
  uint32: 12,
  uint64: 13,
  bfloat16: 16,
} as const;

export type ElementType = keyof typeof ELEMENT_TYPE_NUMBERS;

const ELEMENT_TYPES = new Map(
  Object.entries(ELEMENT_TYPE_NUMBERS).map(([name, number]) => [number as number, name as ElementType]),
);

/**
 * The element type of a `TensorProto.DataType` number.
 *
 * @throws when Easel does not handle it.
 */
export function elementTypeOfNumber(dataType: number): ElementType {
  const elementType = ELEMENT_TYPES.get(dataType);
  if (!elementType) throw new Error(`Element type ${dataType} of ONNX is not supported.`);
  return elementType;
}

/**
 * How JavaScript holds each element type. float16 and bfloat16 are raw bits in a Uint16Array (Node 20 has no
 * Float16Array); bool is one byte an element, 0 or 1.
 */
export const TYPED_ARRAYS = {
  float32: Float32Array,
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  bool: Uint8Array,
  float16: Uint16Array,
  float64: Float64Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  bfloat16: Uint16Array,
} as const satisfies Record<ElementType, unknown>;

export type TensorData =
  | Float32Array
  | Float64Array
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** Element types that carry gradients. */
export function isFloat(elementType: ElementType): boolean {
  return (
    elementType === 'float32' ||
    elementType === 'float64' ||
    elementType === 'float16' ||
    elementType === 'bfloat16'
  );
}
