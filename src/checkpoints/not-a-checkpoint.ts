/** Files known by their first bytes, latin-1. */
const SIGNATURES: readonly (readonly [what: string, start: string])[] = [
  ['a gzip archive; unpack it first', '\x1f\x8b'],
  ['a 7-Zip archive; unpack it first', '7z\xbc\xaf\x27\x1c'],
  ['a RAR archive; unpack it first', 'Rar!'],
  ['an HDF5 file, as Keras writes; Easel reads PyTorch, safetensors and Flax', '\x89HDF'],
  ['a NumPy array; Easel reads PyTorch, safetensors and Flax', '\x93NUMPY'],
  ['a GGUF file, whose weights are quantised', 'GGUF'],
  ['a PNG picture', '\x89PNG'],
  ['a JPEG picture', '\xff\xd8\xff'],
  ['a PDF document', '%PDF'],
  ['a git-LFS pointer, not the file it points to; fetch that with git lfs pull', 'version https://git-lfs'],
];

/** Texts known by how they begin. */
const TEXTS: readonly (readonly [what: string, start: RegExp])[] = [
  ['a web page; the link has expired or asks for a log-in', /^\s*(<!doctype html|<html|<head|<\?xml)/i],
  ['JSON; the weights are in another file', /^\s*[{[]\s*("|[{[\]}])/],
  ['a configuration in YAML; the weights are in another file', /^(\s*#[^\n]*\n)*\s*[A-Za-z_][\w.-]*:(\s|$)/],
  ['text', /^/],
];

const TAR_MARK = 257;

/** Names what a file that is no checkpoint is, from its first bytes; undefined when nothing is known of it. */
export function kindOfOtherFile(start: Uint8Array): string | undefined {
  if (start.length === 0) return 'an empty file';
  const text = Buffer.from(start).toString('latin1');
  if (text.startsWith('ustar', TAR_MARK)) {
    return 'a tar archive, as PyTorch wrote before 0.2; save it again with a newer PyTorch';
  }
  if (text.startsWith('\x08') && /pytorch|onnx|easel|keras/i.test(text.slice(0, 64))) {
    return 'an ONNX graph; use it by a manifest, not as a checkpoint';
  }
  const signature = SIGNATURES.find(([, bytes]) => text.startsWith(bytes));
  if (signature) return signature[0];
  return isText(start) ? TEXTS.find(([, pattern]) => pattern.test(text))?.[0] : undefined;
}

/** Whether the bytes are printable, line feeds and tabs among them, or parts of UTF-8. */
function isText(bytes: Uint8Array): boolean {
  return (
    bytes.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d) &&
    !isBinaryStart(bytes)
  );
}

/** MessagePack, pickles and the like begin with bytes above ASCII; texts, but for a byte order mark, hardly do. */
function isBinaryStart([first = 0, second = 0]: Uint8Array): boolean {
  return first >= 0x7f && !(first === 0xef && second === 0xbb);
}
