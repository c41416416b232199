import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../src/zoo/sha256.js';

/** Puts other bytes in the place of a model's file, with their hash in the manifest: nothing is damaged, only wrong. */
export function replaceFile(folder: string, file: string, bytes: Uint8Array): void {
  writeFileSync(join(folder, file), bytes);
  alterManifest(folder, (manifest) => {
    manifest.files[file] = { bytes: bytes.length, sha256: sha256(bytes), dtype: 'float32' };
  });
}

// biome-ignore lint/suspicious/noExplicitAny: it is made wrong in every way
export function alterManifest(folder: string, change: (manifest: any) => void): void {
  const path = join(folder, 'manifest.json');
  const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
  change(manifest);
  writeFileSync(path, JSON.stringify(manifest));
}
