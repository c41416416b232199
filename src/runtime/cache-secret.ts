import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../make-folder.js';
import { PRIVATE_FILE, PRIVATE_FOLDER } from '../private-files.js';
import { readRegularSync } from '../read-regular.js';

const BYTES = 32;

/**
 * What seals the entries of the cache: `cache.secret` in the data folder, made when there is none. Where none can be kept it is one
 * for this process, whose entries nobody else believes.
 */
export function cacheSecret(dataDir: string): Uint8Array {
  const path = join(dataDir, 'cache.secret');
  const made = randomBytes(BYTES);
  try {
    makeFolder(dataDir, PRIVATE_FOLDER);
    // Whoever comes first makes it; the others find it.
    writeFileSync(path, made, { flag: 'wx', mode: PRIVATE_FILE });
    return made;
  } catch {
    return read(path) ?? made;
  }
}

function read(path: string): Uint8Array | undefined {
  try {
    const secret = readRegularSync(path);
    return secret.length === BYTES ? secret : undefined;
  } catch {
    return undefined;
  }
}
