import {
  type ElementType,
  type Shape,
  type Tensor,
  type TensorType,
  TYPED_ARRAYS,
} from 'onnx-gradients/graph';

/** A named tensor of a file: its type is known, its elements are read when they are wanted. */
export interface StoredTensor extends TensorType {
  /** Where its bytes begin in the file, where they lie there as they are. */
  readonly position?: number;
  /**
   * Reads the elements, row-major.
   *
   * @throws UserError when the file holds something else there.
   */
  read(): Tensor;
}

/** A file of weights, open for reading. */
export interface Checkpoint {
  /** What kind of file it is, for people: `safetensors`, `PyTorch zip`, … */
  readonly format: string;
  /** By full name: keys of nested dictionaries are joined with dots. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** Names of what lies among the tensors but cannot be read as one, with the reason; an error only for who wants one. */
  readonly unreadable: ReadonlyMap<string, string>;
  close(): void;
}

/** A tensor over bytes that start their buffer; the machine is little-endian, as every machine with ONNX Runtime. */
export function tensorOver(elementType: ElementType, shape: Shape, bytes: Uint8Array<ArrayBuffer>): Tensor {
  const { buffer, byteOffset, byteLength } = bytes;
  const Type = TYPED_ARRAYS[elementType];
  return { elementType, shape, data: new Type(buffer, byteOffset, byteLength / Type.BYTES_PER_ELEMENT) };
}
