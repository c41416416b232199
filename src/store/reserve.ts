import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { PRIVATE_FILE } from '../private-files.js';

/** Ample for recording some dozen ends. */
const BYTES = 2 * 2 ** 20;

/**
 * Room kept for the day the disk is full: a file that is given up then, so that what became of jobs can still be
 * recorded, and made again once there is room.
 */
export class Reserve {
  readonly #path: string;
  /** Whether the file is there, whole. */
  #isHeld = false;

  constructor(path: string) {
    this.#path = path;
  }

  /** Makes the file unless it is there; without room for it, it is left for another time. */
  async take(): Promise<void> {
    if (this.#isHeld) return;
    try {
      // Not zeros: a disk that compresses would keep no room for them.
      await writeFile(this.#path, randomBytes(BYTES), { mode: PRIVATE_FILE });
      this.#isHeld = true;
    } catch {
      await rm(this.#path, { force: true });
    }
  }

  /** Gives the room up. @returns whether there was any. */
  release(): boolean {
    if (!this.#isHeld) return false;
    this.#isHeld = false;
    rmSync(this.#path, { force: true });
    return true;
  }
}
