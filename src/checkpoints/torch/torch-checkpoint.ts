import { messageOf, UserError } from '../../errors.js';
import type { Checkpoint, StoredTensor } from '../checkpoint.js';
import { quoted } from '../quoted.js';
import { nameTensors } from './name-tensors.js';
import type { PickleValue, StorageReference, TensorReference } from './pickle-values.js';
import { type ReadStorage, readStrided } from './strided.js';

/** The most that the description of a checkpoint, everything but its numbers, may take. */
export const MOST_PICKLE_BYTES = 64 * 2 ** 20;

export interface TorchParts {
  readonly format: string;
  /** What it is called in messages. */
  readonly name: string;
  readonly root: PickleValue;
  /** Opens a storage; @throws UserError when it is not there, or damaged. */
  readonly openStorage: (storage: StorageReference) => ReadStorage;
  readonly close: () => void;
}

/** The tensors of an unpickled object over storages that are opened when one of their tensors is read. */
export function torchCheckpoint({ format, name, root, openStorage, close }: TorchParts): Checkpoint {
  const named = nameTensors(root);
  const opened = new Map<string, ReadStorage>();
  const storageOf = (storage: StorageReference) => {
    const read = opened.get(storage.key) ?? openStorage(storage);
    opened.set(storage.key, read);
    return read;
  };
  const tensors = new Map<string, StoredTensor>();
  const unreadable = new Map<string, string>();
  for (const [path, maker] of named.opaque)
    unreadable.set(path, `it is made by ${quoted(maker)}, which Easel does not know`);
  for (const [path, reference] of named.tensors) {
    const tensor = storedTensor(`${name}: ${quoted(path)}`, reference, storageOf);
    if (tensor) tensors.set(path, tensor);
    else unreadable.set(path, `its element type (${reference.storage.typeName}) is not supported`);
  }
  return { format, tensors, unreadable, close };
}

function storedTensor(
  name: string,
  reference: TensorReference,
  storageOf: (storage: StorageReference) => ReadStorage,
): StoredTensor | undefined {
  const { shape, storage } = reference;
  const { elementType } = storage;
  if (elementType === undefined) return undefined;
  return {
    elementType,
    shape,
    read: () => {
      try {
        return readStrided(reference, elementType, (begin, length) => storageOf(storage)(begin, length));
      } catch (cause) {
        throw new UserError(`${name} cannot be read: ${messageOf(cause)}`, { cause });
      }
    },
  };
}
