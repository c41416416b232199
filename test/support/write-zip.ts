import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of an archive to be written; what is not given is right. */
export interface ZipPart {
  readonly name: string;
  readonly data: Uint8Array;
  readonly deflated?: boolean;
  /** What the table says instead of the truth. */
  readonly claims?: { readonly size?: number; readonly crc32?: number; readonly start?: number };
}

export interface ZipOptions {
  /** Writes sizes and places as 64-bit numbers, as for archives over 4 GiB. */
  readonly zip64?: boolean;
}

const ALL_32 = 0xffffffff;

/** A zip archive in memory (PKWARE's APPNOTE), right or, by `claims`, wrong. */
export function writeZip(parts: readonly ZipPart[], { zip64 = false }: ZipOptions = {}): Buffer {
  const bodies: Buffer[] = [];
  const table: Buffer[] = [];
  let position = 0;
  for (const { name, data, deflated = false, claims = {} } of parts) {
    const packed = deflated ? deflateRawSync(data) : Buffer.from(data);
    const size = claims.size ?? data.length;
    const packedSize = deflated ? packed.length : size;
    const start = claims.start ?? position;
    const common = {
      method: deflated ? 8 : 0,
      crc: claims.crc32 ?? crc32(data),
      nameLength: Buffer.byteLength(name),
    };
    const local = Buffer.concat([header('local', common, { size, packedSize, extra: 0 }), Buffer.from(name)]);
    const wide = Buffer.alloc(zip64 ? 28 : 0);
    if (zip64) {
      wide.writeUInt16LE(1, 0);
      wide.writeUInt16LE(24, 2);
      for (const [index, value] of [size, packedSize, start].entries())
        wide.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
    }
    const narrow = zip64 ? { size: ALL_32, packedSize: ALL_32 } : { size, packedSize };
    const central = header('central', common, { ...narrow, extra: wide.length });
    central.writeUInt32LE(zip64 ? ALL_32 : start, 42);
    table.push(central, Buffer.from(name), wide);
    bodies.push(local, packed);
    position += local.length + packed.length;
  }
  return Buffer.concat([
    ...bodies,
    ...table,
    ...ending(parts.length, position, Buffer.concat(table).length, zip64),
  ]);
}

function header(
  kind: 'local' | 'central',
  { method, crc, nameLength }: { method: number; crc: number; nameLength: number },
  { size, packedSize, extra }: { size: number; packedSize: number; extra: number },
): Buffer {
  const bytes = Buffer.alloc(kind === 'local' ? 30 : 46);
  bytes.writeUInt32LE(kind === 'local' ? 0x04034b50 : 0x02014b50, 0);
  const at = kind === 'local' ? 8 : 10;
  bytes.writeUInt16LE(method, at);
  bytes.writeUInt32LE(crc, at + 6);
  bytes.writeUInt32LE(packedSize, at + 10);
  bytes.writeUInt32LE(size, at + 14);
  bytes.writeUInt16LE(nameLength, at + 18);
  bytes.writeUInt16LE(extra, at + 20);
  return bytes;
}

function ending(count: number, start: number, size: number, zip64: boolean): Buffer[] {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  for (const at of [8, 10]) end.writeUInt16LE(zip64 ? 0xffff : count, at);
  end.writeUInt32LE(zip64 ? ALL_32 : size, 12);
  end.writeUInt32LE(zip64 ? ALL_32 : start, 16);
  if (!zip64) return [end];
  const wide = Buffer.alloc(56);
  wide.writeUInt32LE(0x06064b50, 0);
  wide.writeBigUInt64LE(44n, 4);
  for (const at of [24, 32]) wide.writeBigUInt64LE(BigInt(count), at);
  wide.writeBigUInt64LE(BigInt(size), 40);
  wide.writeBigUInt64LE(BigInt(start), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(start + size), 8);
  locator.writeUInt32LE(1, 16);
  return [wide, locator, end];
}
