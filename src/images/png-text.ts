import { crc32 } from 'node:zlib';

/** The eight bytes every PNG starts with; the IHDR chunk (25 bytes) follows. */
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const HEADER_END = SIGNATURE.length + 25;

/**
 * The PNG with UTF-8 text chunks (iTXt, uncompressed; PNG specification 11.3.3.4) behind its header.
 *
 * @throws when the bytes are not a PNG or a keyword is not 1 to 79 Latin letters, digits or spaces.
 */
export function writePngText(png: Uint8Array, texts: Readonly<Record<string, string>>): Uint8Array {
  assertPng(png);
  const chunks = Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text));
  return Buffer.concat([png.subarray(0, HEADER_END), ...chunks, png.subarray(HEADER_END)]);
}

/**
 * The texts of a PNG's uncompressed iTXt chunks by keyword; what does not parse is skipped.
 *
 * @throws when the bytes are not a PNG.
 */
export function readPngText(png: Uint8Array): Readonly<Record<string, string>> {
  assertPng(png);
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  const texts: [string, string][] = [];
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (bytes.toString('latin1', at + 4, at + 8) === 'iTXt') {
      const match = /^([^\0]{1,79})\0\0\0[^\0]*\0[^\0]*\0/.exec(data.toString('latin1'));
      if (match?.[1] !== undefined) texts.push([match[1], data.toString('utf8', match[0].length)]);
    }
    at += length + 12;
  }
  return Object.fromEntries(texts);
}

function textChunk(keyword: string, text: string): Buffer {
  if (!/^[A-Za-z0-9 ]{1,79}$/.test(keyword)) throw new Error(`"${keyword}" cannot be a PNG keyword.`);
  // Keyword, NUL, compression flag and method, empty language and translated keyword, then the text.
  const data = Buffer.concat([Buffer.from(`iTXt${keyword}\0\0\0\0\0`, 'latin1'), Buffer.from(text, 'utf8')]);
  const chunk = Buffer.alloc(data.length + 8);
  chunk.writeUInt32BE(data.length - 4, 0);
  data.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(data), data.length + 4);
  return chunk;
}

function assertPng(png: Uint8Array): void {
  if (png.length < HEADER_END || !SIGNATURE.equals(png.subarray(0, SIGNATURE.length))) {
    throw new Error('Expected a PNG.');
  }
}
