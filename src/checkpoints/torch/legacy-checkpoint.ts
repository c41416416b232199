import { TYPED_ARRAYS } from 'onnx-gradients/graph';
import { UserError } from '../../errors.js';
import { createCursor } from '../byte-cursor.js';
import { type ByteSource, isWithin } from '../byte-source.js';
import type { Checkpoint } from '../checkpoint.js';
import { quoted } from '../quoted.js';
import { isKind, type PickleValue, type StorageReference } from './pickle-values.js';
import type { ReadStorage } from './strided.js';
import { MOST_PICKLE_BYTES, torchCheckpoint } from './torch-checkpoint.js';
import { TORCH_MAKERS } from './torch-makers.js';
import { unpickle } from './unpickle.js';

/** The first pickle of a legacy file is this number. */
const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL = 1001;
/** PROTO 2, LONG1 of ten bytes, the magic number little-endian, STOP. */
export const LEGACY_START = Uint8Array.of(
  0x80,
  2,
  0x8a,
  10,
  0x6c,
  0xfc,
  0x9c,
  0x46,
  0xf9,
  0x20,
  0x6a,
  0xa8,
  0x50,
  0x19,
  0x2e,
);

/**
 * A checkpoint as PyTorch wrote them before 1.6 (and on request still does): five pickles (magic number, version, machine,
 * object, storage keys), then every storage as its number of elements and its bytes, in the order of the keys.
 *
 * @throws UserError when it is damaged or cut off.
 */
export function readLegacyCheckpoint(source: ByteSource): Checkpoint {
  const cursor = createCursor(source, 0, MOST_PICKLE_BYTES);
  /** Whole storages by key, as the object mentions them. */
  const mentioned = new Map<string, StorageReference>();
  const makers = {
    ...TORCH_MAKERS,
    persistent: (id: PickleValue) => {
      const storage = TORCH_MAKERS.persistent(id);
      if (isKind(storage, 'storage') && !mentioned.has(storage.key)) mentioned.set(storage.key, storage);
      return storage;
    },
  };
  const next = () => unpickle(cursor, makers);
  if (next() !== MAGIC || next() !== PROTOCOL)
    throw new UserError(`${source.name} is no checkpoint of PyTorch.`);
  const machine = next();
  if (machine instanceof Map && machine.get('little_endian') === false) {
    throw new UserError(`${source.name} holds big-endian numbers; save it again on an ordinary machine.`);
  }
  const root = next();
  const places = placesOf(source, { keys: next(), start: cursor.position(), mentioned });
  return torchCheckpoint({
    format: 'PyTorch (legacy)',
    name: source.name,
    root,
    openStorage: (storage) => openStorage(source, places, storage),
    close: () => source.close(),
  });
}

interface Places {
  readonly keys: PickleValue;
  /** Where the first storage begins. */
  readonly start: number;
  readonly mentioned: ReadonlyMap<string, StorageReference>;
}

/** Where each storage's bytes lie. */
function placesOf(
  source: ByteSource,
  { keys, start, mentioned }: Places,
): ReadonlyMap<string, { readonly position: number; readonly bytes: number }> {
  const places = new Map<string, { position: number; bytes: number }>();
  let at = start;
  for (const key of Array.isArray(keys) ? keys : []) {
    const type = mentioned.get(String(key))?.elementType;
    // A storage of unknown width: neither it nor what follows can be found.
    if (type === undefined) break;
    if (!isWithin(at, 8, source.size)) throw cutOff(source);
    const elements = Number(new DataView(source.read(at, 8).buffer).getBigInt64(0, true));
    const bytes = elements * TYPED_ARRAYS[type].BYTES_PER_ELEMENT;
    if (!isWithin(at + 8, bytes, source.size)) throw cutOff(source);
    places.set(String(key), { position: at + 8, bytes });
    at += 8 + bytes;
  }
  return places;
}

/** Views start where they start in their storage; offsets of tensors count from there. */
function openStorage(
  source: ByteSource,
  places: ReturnType<typeof placesOf>,
  { key, start, elements, elementType }: StorageReference,
): ReadStorage {
  const place = places.get(key);
  if (!place || elementType === undefined) throw new UserError(`the file lacks its storage ${quoted(key)}`);
  const width = TYPED_ARRAYS[elementType].BYTES_PER_ELEMENT;
  if ((start + elements) * width > place.bytes)
    throw new UserError('it reaches beyond the end of its storage');
  return (begin, length) => source.read(place.position + start * width + begin, length);
}

function cutOff({ name }: ByteSource): UserError {
  return new UserError(`${name} is cut off: its last storages are missing; download it again.`);
}
