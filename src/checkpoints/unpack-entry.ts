import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { messageOf, UserError } from '../errors.js';
import { type ByteSource, openFileSource } from './byte-source.js';
import { openEntry, type ZipArchive, type ZipEntry } from './zip-archive.js';

const CHUNK_BYTES = 1 << 22;

/**
 * A big entry of an archive as a source of its own: in place when it is stored, in a temporary file, which goes when the
 * source is closed, when it is packed. Closing it closes the archive.
 *
 * @throws UserError when the entry is damaged.
 */
export async function unpackEntry(archive: ZipArchive, entry: ZipEntry): Promise<ByteSource> {
  const { source } = archive;
  if (entry.packing === 'stored') return { ...openEntry(archive, entry, 0), close: () => source.close() };
  const folder = await mkdtemp(join(tmpdir(), 'easel-unpacked-'));
  const path = join(folder, 'checkpoint');
  try {
    await pipeline(
      Readable.from(packedChunks(source, entry)),
      createInflateRaw(),
      checked(entry),
      createWriteStream(path),
    );
    const unpacked = openFileSource(path);
    // The file lives on while it is open; where it cannot be removed yet, closing removes it.
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    return {
      ...unpacked,
      name: `${source.name}: ${entry.name}`,
      close: () => {
        unpacked.close();
        source.close();
        void rm(folder, { recursive: true, force: true }).catch(() => undefined);
      },
    };
  } catch (cause) {
    await rm(folder, { recursive: true, force: true });
    if (cause instanceof UserError) throw cause;
    throw new UserError(`${source.name}: ${entry.name} cannot be unpacked: ${messageOf(cause)}`, { cause });
  }
}

function* packedChunks(source: ByteSource, { position, packedSize }: ZipEntry): Generator<Uint8Array> {
  for (let done = 0; done < packedSize; done += CHUNK_BYTES) {
    yield source.read(position + done, Math.min(CHUNK_BYTES, packedSize - done));
  }
}

/** Lets the bytes through, and no more of them, or others, than the archive promises. */
function checked({ name, size, crc32: expected }: ZipEntry): Transform {
  let bytes = 0;
  let sum = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length;
      sum = crc32(chunk, sum);
      if (bytes > size) done(new UserError(`${name} unpacks to more bytes than its archive says.`));
      else done(null, chunk);
    },
    flush(done) {
      const isWhole = bytes === size && (expected === undefined || sum === expected);
      done(
        isWhole
          ? null
          : new UserError(`${name} is damaged: its checksum is not the archive's; download it again.`),
      );
    },
  });
}
