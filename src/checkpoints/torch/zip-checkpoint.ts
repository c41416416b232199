import { TYPED_ARRAYS } from 'onnx-gradients/graph';
import { UserError } from '../../errors.js';
import { createCursor } from '../byte-cursor.js';
import type { Checkpoint } from '../checkpoint.js';
import { quoted } from '../quoted.js';
import { openEntry, readEntry, type ZipArchive } from '../zip-archive.js';
import type { StorageReference } from './pickle-values.js';
import type { ReadStorage } from './strided.js';
import { MOST_PICKLE_BYTES, torchCheckpoint } from './torch-checkpoint.js';
import { TORCH_MAKERS } from './torch-makers.js';
import { unpickle } from './unpickle.js';

/** PyTorch stores its numbers as they are; one that was packed later is unpacked in memory up to this size. */
const MOST_PACKED_STORAGE = 2 ** 29;

/** The folder inside an archive of `torch.save` or `torch.jit.save`; undefined when it is another kind of zip. */
export function torchFolder({ entries }: ZipArchive): string | undefined {
  const found = [...entries.keys()].filter((name) => /^([^/]+\/)?data\.pkl$/.test(name));
  return found[0]?.slice(0, -'data.pkl'.length);
}

/**
 * A checkpoint of `torch.save` since PyTorch 1.6, or a TorchScript archive: a pickle, and one entry a storage. Only the
 * storages of tensors that are read are touched, once for the checksum and then in place.
 *
 * @throws UserError when it is damaged.
 */
export function readZipCheckpoint(archive: ZipArchive, folder: string): Checkpoint {
  const { source, entries } = archive;
  const order = entries.get(`${folder}byteorder`);
  if (order && Buffer.from(readEntry(archive, order, 64)).toString('latin1') === 'big') {
    throw new UserError(`${source.name} holds big-endian numbers; save it again on an ordinary machine.`);
  }
  const pickle = entries.get(`${folder}data.pkl`);
  if (!pickle) throw new UserError(`${source.name} is no checkpoint of PyTorch: it has no data.pkl.`);
  const isScript = entries.has(`${folder}constants.pkl`);
  const cursor = createCursor(openEntry(archive, pickle, MOST_PICKLE_BYTES), 0, MOST_PICKLE_BYTES);
  return torchCheckpoint({
    format: isScript ? 'TorchScript archive' : 'PyTorch zip',
    name: source.name,
    root: unpickle(cursor, TORCH_MAKERS),
    openStorage: (storage) => openStorage(archive, folder, storage),
    close: () => source.close(),
  });
}

function openStorage(archive: ZipArchive, folder: string, storage: StorageReference): ReadStorage {
  const name = `${folder}data/${storage.key}`;
  const entry = archive.entries.get(name);
  if (!entry) throw new UserError(`the archive lacks its entry ${quoted(name)}`);
  const width = storage.elementType === undefined ? 1 : TYPED_ARRAYS[storage.elementType].BYTES_PER_ELEMENT;
  if (entry.size < storage.elements * width) {
    throw new UserError(`its storage should have ${storage.elements * width} bytes and has ${entry.size}`);
  }
  const data = openEntry(archive, entry, MOST_PACKED_STORAGE);
  return (begin, length) => data.read(begin, length);
}
