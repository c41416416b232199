import { type ByteSource, openFileSource } from '../byte-source.js';
import { type Checkpoint, type StoredTensor, tensorOver } from '../checkpoint.js';
import { readHeader } from './header.js';

/** A safetensors file with its metadata. */
export interface Safetensors extends Checkpoint {
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Opens a safetensors file. Only its table is read at once; a tensor's bytes are read, at their place, by its `read`.
 *
 * @throws UserError when it is not such a file, or a damaged or incomplete one.
 */
export function openSafetensors(path: string): Safetensors {
  const source = openFileSource(path);
  try {
    return readSafetensors(source);
  } catch (error) {
    source.close();
    throw error;
  }
}

/** As `openSafetensors`, from bytes that are open already; closing the result closes them. */
export function readSafetensors(source: ByteSource): Safetensors {
  const { places, foreign, metadata } = readHeader(source);
  const tensors = new Map<string, StoredTensor>();
  for (const [name, { elementType, shape, position, bytes }] of places) {
    tensors.set(name, {
      elementType,
      shape,
      position,
      read: () => tensorOver(elementType, shape, source.read(position, bytes)),
    });
  }
  const unreadable = new Map(
    [...foreign].map(([name, type]) => [name, `its element type ${type} is not supported`]),
  );
  return { format: 'safetensors', tensors, unreadable, metadata, close: () => source.close() };
}
