interface Closable {
  release(): Promise<void>;
}

/** Keeps open what was used last, so that an equal wish starts at once. Asked for one thing at a time. */
export class WarmShelf<Item extends Closable> {
  readonly #places: number;
  /** From the one used longest ago to the newest; at most `places`. */
  readonly #kept = new Map<string, Item>();

  /** @param places how many stay open, at least one. */
  constructor(places: number) {
    this.#places = places;
  }

  /** What stands under a name, which is the newest from then on. */
  find(name: string): Item | undefined {
    const item = this.#kept.get(name);
    if (item !== undefined) {
      this.#kept.delete(name);
      this.#kept.set(name, item);
    }
    return item;
  }

  /** Opens something for a name that has nothing yet. It stays open until `places` others were taken. */
  async add(name: string, open: () => Promise<Item>): Promise<Item> {
    // Room first: two large ones may not fit into memory at once.
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size < this.#places) break;
      await this.#put(oldest);
    }
    const item = await open();
    this.#kept.set(name, item);
    return item;
  }

  /** Closes what was used longest ago, but for one name. @returns whether there was anything to close. */
  async drop(besides: string): Promise<boolean> {
    const oldest = [...this.#kept.keys()].find((name) => name !== besides);
    if (oldest === undefined) return false;
    await this.#put(oldest);
    return true;
  }

  async release(): Promise<void> {
    for (const name of [...this.#kept.keys()]) await this.#put(name);
  }

  async #put(name: string): Promise<void> {
    const item = this.#kept.get(name);
    this.#kept.delete(name);
    await item?.release();
  }
}
