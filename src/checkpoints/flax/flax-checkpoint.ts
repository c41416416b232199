import { byteLength, type ElementType, TYPED_ARRAYS } from 'onnx-gradients/graph';
import { UserError } from '../../errors.js';
import type { ByteSource } from '../byte-source.js';
import { type Checkpoint, type StoredTensor, tensorOver } from '../checkpoint.js';
import { isSkipped, type MsgpackValue, type Skipped, scanMsgpack } from './scan-msgpack.js';

/** Flax's extensions for an array and a scalar of NumPy: a MessagePack list of shape, name of the type, bytes. */
const ARRAYS: readonly unknown[] = [1, 3];

/**
 * A checkpoint of `flax.serialization.to_bytes`: nested dictionaries of arrays in MessagePack. Names are paths joined with
 * dots. Arrays above a gigabyte come in chunks, which are joined.
 *
 * @throws UserError when it is not such a file, or a damaged one.
 */
export function readFlaxCheckpoint(source: ByteSource): Checkpoint {
  const root = scanMsgpack(source, { start: 0, length: source.size });
  if (!(root instanceof Map))
    throw new UserError(`${source.name} is no checkpoint of Flax: it holds no table.`);
  const tensors = new Map<string, StoredTensor>();
  const unreadable = new Map<string, string>();
  const put = (path: string, parts: readonly Skipped[], shape?: readonly number[]) => {
    const tensor = arrayOf(source, parts, shape);
    if (typeof tensor === 'string') unreadable.set(path, tensor);
    else tensors.set(path, tensor);
  };
  const walk = (value: MsgpackValue, path: string): void => {
    if (isSkipped(value) && ARRAYS.includes(value.extension)) put(path, [value]);
    if (!(value instanceof Map)) return;
    const chunks = chunksOf(value);
    if (chunks) {
      put(path, chunks.parts, chunks.shape);
      return;
    }
    for (const [key, child] of value) walk(child, path === '' ? String(key) : `${path}.${String(key)}`);
  };
  walk(root, '');
  return { format: 'Flax msgpack', tensors, unreadable, close: () => source.close() };
}

/** {__msgpack_chunked_array__: true, shape: {0: …}, chunks: {0: array, …}} */
function chunksOf(value: Map<MsgpackValue, MsgpackValue>) {
  if (value.get('__msgpack_chunked_array__') !== true) return undefined;
  const listed = (key: string) => {
    const found = value.get(key);
    return found instanceof Map ? [...found.values()] : Array.isArray(found) ? found : [];
  };
  const shape = listed('shape').filter((side) => typeof side === 'number');
  return { shape, parts: listed('chunks').filter(isSkipped) };
}

interface Part {
  readonly elementType: ElementType;
  readonly shape: readonly number[];
  readonly data: Skipped;
}

function arrayOf(
  source: ByteSource,
  skipped: readonly Skipped[],
  wholeShape?: readonly number[],
): StoredTensor | string {
  const parts: Part[] = [];
  for (const { position, length } of skipped) {
    const part = partOf(scanMsgpack(source, { start: position, length }));
    if (typeof part === 'string') return part;
    parts.push(part);
  }
  const [first] = parts;
  if (!first || parts.some(({ elementType }) => elementType !== first.elementType))
    return 'its chunks differ in type';
  const { elementType } = first;
  const shape = wholeShape ?? first.shape;
  const total = parts.reduce((sum, { data }) => sum + data.length, 0);
  if (total !== byteLength({ elementType, shape }))
    return `its ${total} bytes do not fill its shape [${shape.join(', ')}]`;
  return {
    elementType,
    shape,
    read: () => {
      const bytes = new Uint8Array(total);
      let at = 0;
      for (const { data } of parts) {
        bytes.set(source.read(data.position, data.length), at);
        at += data.length;
      }
      return tensorOver(elementType, shape, bytes);
    },
  };
}

function partOf(value: MsgpackValue): Part | string {
  const [shape, type, data] = Array.isArray(value) ? value : [];
  if (
    !Array.isArray(shape) ||
    !shape.every((side) => typeof side === 'number' && Number.isSafeInteger(side) && side >= 0)
  ) {
    return 'it has no shape';
  }
  const elementType = Object.keys(TYPED_ARRAYS).find((known) => known === type);
  if (elementType === undefined || !isSkipped(data))
    return `its element type ${String(type)} is not supported`;
  return { elementType: elementType as ElementType, shape: shape as number[], data };
}
