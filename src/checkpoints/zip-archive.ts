import { crc32, inflateRawSync } from 'node:zlib';
import yauzl from 'yauzl';
import { messageOf, UserError } from '../errors.js';
import { type ByteSource, isWithin } from './byte-source.js';
import { quoted } from './quoted.js';

/** A file inside an archive. */
export interface ZipEntry {
  readonly name: string;
  /** Bytes when unpacked. */
  readonly size: number;
  /** Where its packed bytes lie in the archive. */
  readonly position: number;
  readonly packedSize: number;
  readonly packing: 'stored' | 'deflated';
  /** Undefined in archives that were written without checksums. */
  readonly crc32: number | undefined;
}

export interface ZipArchive {
  readonly source: ByteSource;
  /** By name. */
  readonly entries: ReadonlyMap<string, ZipEntry>;
}

/** Checkpoints of gigabytes have some thousand. */
const MOST_ENTRIES = 100_000;
const CHUNK_BYTES = 1 << 22;

/**
 * Reads an archive's table of contents, zip64 included.
 *
 * @throws UserError when there is none, or when its entries overlap, share a name, lead out of a folder or cannot be unpacked.
 */
export async function readZip(source: ByteSource): Promise<ZipArchive> {
  const entries = new Map<string, ZipEntry>();
  try {
    const zip = await yauzl.fromRandomAccessReaderPromise(new SourceReader(source), source.size, {
      autoClose: false,
    });
    if (zip.entryCount > MOST_ENTRIES) throw new Error(`it says that it has ${zip.entryCount} entries`);
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      if (entries.has(entry.fileName)) throw new Error(`it has two entries ${quoted(entry.fileName)}`);
      const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
      entries.set(entry.fileName, entryOf(entry, fileDataStart, source));
    }
  } catch (cause) {
    throw new UserError(`${source.name} is a damaged or cut-off zip: ${withoutStop(messageOf(cause))}.`, {
      cause,
    });
  }
  checkOverlaps(source, [...entries.values()]);
  return { source, entries: withoutUnknownChecksums(entries) };
}

/**
 * An entry's bytes as a source, its checksum verified. Stored ones are read where they lie; packed ones are unpacked into
 * memory when that takes no more than `mostBytes`.
 *
 * @throws UserError when the entry is damaged or too big.
 */
export function openEntry({ source }: ZipArchive, entry: ZipEntry, mostBytes: number): ByteSource {
  const name = `${source.name}: ${entry.name}`;
  if (entry.packing === 'stored') {
    verifyStored(source, entry);
    return stretchOf(source, name, entry.position, entry.size);
  }
  if (entry.size > mostBytes) throw new UserError(`${name} would unpack to ${entry.size} bytes.`);
  const bytes = inflate(name, source.read(entry.position, entry.packedSize), entry.size);
  if (entry.crc32 !== undefined && crc32(bytes) !== entry.crc32) throw damaged(name);
  return bytesSource(name, bytes);
}

/** All bytes of an entry. @throws as `openEntry`, also for stored ones that are longer than `mostBytes`. */
export function readEntry(archive: ZipArchive, entry: ZipEntry, mostBytes: number): Uint8Array<ArrayBuffer> {
  if (entry.size > mostBytes)
    throw new UserError(`${archive.source.name}: ${entry.name} has ${entry.size} bytes.`);
  return openEntry(archive, entry, mostBytes).read(0, entry.size);
}

/** Bytes in memory as a source. */
export function bytesSource(name: string, bytes: Uint8Array<ArrayBuffer>): ByteSource {
  return {
    name,
    size: bytes.length,
    read: (position, length) => {
      if (!isWithin(position, length, bytes.length))
        throw new UserError(`${name} ends before its contents do.`);
      return bytes.slice(position, position + length);
    },
    close: () => undefined,
  };
}

function stretchOf(source: ByteSource, name: string, start: number, size: number): ByteSource {
  return {
    name,
    size,
    read: (position, length) => {
      if (!isWithin(position, length, size)) throw new UserError(`${name} ends before its contents do.`);
      return source.read(start + position, length);
    },
    close: () => undefined,
  };
}

function entryOf(entry: yauzl.Entry, position: number, source: ByteSource): ZipEntry {
  const { fileName: name, uncompressedSize: size, compressedSize: packedSize } = entry;
  const packing = ({ 0: 'stored', 8: 'deflated' } as const)[entry.compressionMethod];
  if (!packing || entry.isEncrypted())
    throw new Error(`its entry ${quoted(name)} is encrypted or packed by other means`);
  if (!isWithin(position, packedSize, source.size)) {
    throw new Error(`its entry ${quoted(name)} reaches beyond the end of the file`);
  }
  if (packing === 'stored' && size !== packedSize) {
    throw new Error(`its entry ${quoted(name)} has two sizes`);
  }
  return { name, size, position, packedSize, packing, crc32: entry.crc32 };
}

function checkOverlaps({ name }: ByteSource, entries: readonly ZipEntry[]): void {
  let end = 0;
  for (const entry of entries
    .filter(({ packedSize }) => packedSize > 0)
    .sort((a, b) => a.position - b.position)) {
    if (entry.position < end) {
      throw new UserError(`${name} is a damaged zip: its entry ${quoted(entry.name)} overlaps another.`);
    }
    end = entry.position + entry.packedSize;
  }
}

/** PyTorch can leave checksums out; then all are 0. */
function withoutUnknownChecksums(entries: ReadonlyMap<string, ZipEntry>): ReadonlyMap<string, ZipEntry> {
  if ([...entries.values()].some((entry) => entry.crc32 !== 0)) return entries;
  return new Map([...entries].map(([name, entry]) => [name, { ...entry, crc32: undefined }]));
}

function verifyStored(source: ByteSource, { name, position, size, crc32: expected }: ZipEntry): void {
  if (expected === undefined) return;
  let sum = 0;
  for (let done = 0; done < size; done += CHUNK_BYTES) {
    sum = crc32(source.read(position + done, Math.min(CHUNK_BYTES, size - done)), sum);
  }
  if (sum !== expected) throw damaged(`${source.name}: ${name}`);
}

function inflate(name: string, packed: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  try {
    // At least 1: zlib has no use for a limit of 0.
    const bytes = inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
    if (bytes.length === size) return new Uint8Array(bytes);
  } catch (cause) {
    throw damaged(name, cause);
  }
  throw damaged(name);
}

function damaged(name: string, cause?: unknown): UserError {
  return new UserError(`${name} is damaged: its checksum is not the archive's; download the file again.`, {
    cause,
  });
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

/** What yauzl reads from; only headers, as data is read in place. */
class SourceReader extends yauzl.RandomAccessReader {
  readonly #source: ByteSource;

  constructor(source: ByteSource) {
    super();
    this.#source = source;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    try {
      buffer.set(this.#source.read(position, length), offset);
    } catch (error) {
      callback(error instanceof Error ? error : new Error(messageOf(error)));
      return;
    }
    callback(null);
  }

  override _readStreamForRange(): never {
    throw new Error('Entries are read in place.');
  }
}
