import { createHash, randomUUID } from 'node:crypto';
import { statfsSync } from 'node:fs';
import * as nodeDisk from 'node:fs/promises';
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { makeFolder } from '../make-folder.js';
import { PRIVATE_FOLDER } from '../private-files.js';
import { readRegular } from '../read-regular.js';
import { namingDiskFull } from './disk-full.js';
import { Reserve } from './reserve.js';
import { type Disk, writeAtomically } from './write-atomically.js';

export interface StoreOptions {
  readonly folder: string;
  readonly disk?: Disk;
}

/** A file as retention sees it. */
export interface StoredFile {
  readonly name: string;
  readonly bytes: number;
  /** When it was last put, epoch ms. */
  readonly putAt: number;
}

const NAME = /^[0-9a-f]{64}$/;
/** A UUID. */
const TEMPORARY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Pictures and saved states on disk, each named by the sha256 of its bytes: `files/<first two>/<name>`.
 * What a name gives is what was put under it, or nothing.
 */
export class Store {
  readonly reserve: Reserve;
  readonly #files: string;
  readonly #temporary: string;
  readonly #disk: Disk;

  private constructor({ folder, disk = nodeDisk }: StoreOptions) {
    this.reserve = new Reserve(join(folder, 'reserve'));
    this.#files = join(folder, 'files');
    this.#temporary = join(folder, 'tmp');
    this.#disk = disk;
  }

  /** Opens a store, making it if need be; what a crash left half written goes. */
  static async open(options: StoreOptions): Promise<Store> {
    const store = new Store(options);
    makeFolder(store.#temporary, PRIVATE_FOLDER);
    // The folder may have been somebody else's before it was ours: what is not named as we name goes on lying there.
    for (const name of await readdir(store.#temporary)) {
      if (TEMPORARY.test(name)) await rm(join(store.#temporary, name), { force: true });
    }
    makeFolder(store.#files, PRIVATE_FOLDER);
    await store.reserve.take();
    return store;
  }

  /**
   * Keeps bytes; durable when it resolves.
   *
   * @returns their name.
   * @throws DiskFullError when there is no room.
   */
  async put(bytes: Uint8Array): Promise<string> {
    const name = sha256(bytes);
    try {
      // A file of this name may have lost bytes to a bad disk: then it is written again.
      if ((await this.get(name)) !== undefined) {
        const now = new Date();
        await utimes(this.#path(name), now, now);
        return name;
      }
      await mkdir(join(this.#files, name.slice(0, 2)), { recursive: true, mode: PRIVATE_FOLDER });
      const temporary = join(this.#temporary, randomUUID());
      await writeAtomically(this.#disk, { path: this.#path(name), temporary, bytes });
      return name;
    } catch (error) {
      throw namingDiskFull(error);
    }
  }

  /** The bytes of that name; undefined when they are not there, or no longer what they were. */
  async get(name: string): Promise<Uint8Array | undefined> {
    const bytes = await readRegular(this.#path(name)).catch(ignoringMissing);
    return bytes !== undefined && sha256(bytes) === name ? bytes : undefined;
  }

  async remove(name: string): Promise<void> {
    await rm(this.#path(name), { force: true });
  }

  /** Room left for us on the disk, bytes. A matter of microseconds: in the thread pool it would wait behind pictures. */
  freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.#files);
    return bavail * bsize;
  }

  async list(): Promise<StoredFile[]> {
    const paths = await readdir(this.#files, { recursive: true });
    const names = paths.map((path) => basename(path)).filter((name) => NAME.test(name));
    const files: StoredFile[] = [];
    for (const name of names) {
      const file = await stat(this.#path(name)).catch(ignoringMissing);
      if (file !== undefined) files.push({ name, bytes: file.size, putAt: file.mtimeMs });
    }
    return files;
  }

  #path(name: string): string {
    // Names come from rows and requests: nothing but a hash may become a path.
    if (!NAME.test(name)) throw new Error(`Expected a sha256 in lower-case hex, got \`${name}\`.`);
    return join(this.#files, name.slice(0, 2), name);
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function ignoringMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
