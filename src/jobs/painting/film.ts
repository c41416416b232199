import { deserialize, serialize } from 'node:v8';
import type { EncodedPicture } from '../../contracts/picture.js';
import type { Store } from '../../store/store.js';

/** Beyond so many frames every second one is let go: a film of a minute's painting and of an hour's are as long. */
const MOST_FRAMES = 60;

/** The frames of a painting as it grows, spread over its way. */
export class Film {
  #frames: Uint8Array[] = [];
  /** One frame of so many is kept. */
  #stride = 1;
  #seen = 0;

  add(frame: EncodedPicture): void {
    if (this.#seen % this.#stride === 0) this.#frames.push(frame.bytes);
    this.#seen += 1;
    if (this.#frames.length <= MOST_FRAMES) return;
    this.#frames = this.#frames.filter((_, index) => index % 2 === 0);
    this.#stride *= 2;
  }

  /** Keeps it. @returns its name; undefined where there is nothing to see. */
  async keep(store: Store): Promise<string | undefined> {
    return this.#frames.length < 2 ? undefined : store.put(serialize(this.#frames));
  }
}

/** The frames of a film that was kept, as files' bytes; undefined once it was let go. */
export async function filmOf(store: Store, name: string): Promise<readonly Uint8Array[] | undefined> {
  const bytes = await store.get(name);
  // The name is the hash of what `keep` wrote.
  return bytes && (deserialize(bytes) as Uint8Array[]);
}
