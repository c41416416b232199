interface Size {
  readonly width: number;
  readonly height: number;
}

/** Width and height of a PNG, GIF, WebP or JPEG, read from its header; undefined for anything else. */
export function pictureSize(bytes: Uint8Array): Size | undefined {
  if (bytes.length < 30) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ascii = (offset: number, length: number) =>
    String.fromCharCode(...bytes.subarray(offset, offset + length));
  if (ascii(1, 3) === 'PNG') return { width: view.getUint32(16), height: view.getUint32(20) };
  if (ascii(0, 4) === 'GIF8') return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (ascii(0, 4) === 'RIFF' && ascii(8, 4) === 'WEBP') return webpSize(view, ascii(12, 4));
  return view.getUint16(0) === 0xffd8 ? jpegSize(view) : undefined;
}

/** Lossy (VP8), lossless (VP8L: 14 bits each, minus one) and extended (VP8X: 24 bits each, minus one). */
function webpSize(view: DataView, chunk: string): Size | undefined {
  if (chunk === 'VP8 ')
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  const uint24 = (offset: number) => view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
  return chunk === 'VP8X' ? { width: uint24(24) + 1, height: uint24(27) + 1 } : undefined;
}

/** The first start-of-frame segment (SOF0…SOF15 without DHT, JPG, DAC) holds height and width. */
function jpegSize(view: DataView): Size | undefined {
  for (let offset = 2; offset + 9 < view.byteLength; ) {
    const marker = view.getUint8(offset + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(offset + 5), width: view.getUint16(offset + 7) };
    offset += 2 + view.getUint16(offset + 2);
  }
  return undefined;
}
