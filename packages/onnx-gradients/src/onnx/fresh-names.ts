/** Hands out names that no value of a graph has. */
export class FreshNames {
  /** Every name given out or taken. */
  readonly #taken = new Set<string>();
  /** The next number to try for a stem, so that a fresh name costs O(1). */
  readonly #counters = new Map<string, number>();
  /** Names kept for whoever asks for them by name. */
  readonly #reserved: ReadonlySet<string>;

  constructor(reserved: Iterable<string>) {
    this.#reserved = new Set(reserved);
  }

  /**
   * Takes a name.
   *
   * @throws when it is taken.
   */
  take(name: string): void {
    if (this.#taken.has(name)) throw new Error(`The name "${name}" is taken in this graph.`);
    this.#taken.add(name);
  }

  isFree(name: string): boolean {
    return !this.#taken.has(name);
  }

  /** The stem itself or the stem and a number; the name stays free until it is taken. */
  fresh(stem: string): string {
    for (let count = this.#counters.get(stem) ?? 0; ; count += 1) {
      const name = count === 0 ? stem : `${stem}_${count}`;
      if (this.#taken.has(name) || this.#reserved.has(name)) continue;
      this.#counters.set(stem, count);
      return name;
    }
  }
}
