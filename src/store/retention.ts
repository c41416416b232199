import type { Store } from './store.js';

export interface Retention {
  /** Names that stay, whatever their age. */
  readonly needed: ReadonlySet<string>;
  /** Epoch ms. */
  readonly now: number;
  /** Files put longer ago than this go. */
  readonly maxAgeMs: number;
  /** Beyond this many bytes the oldest go. */
  readonly maxBytes: number;
  /** Files younger than this stay even so: somebody may be about to note their name. */
  readonly graceMs: number;
}

export interface SweepResult {
  readonly removed: number;
  readonly freedBytes: number;
  readonly keptBytes: number;
}

/** Lets old files go, the oldest first, until both bounds hold; never a needed one. */
export async function sweep(store: Store, retention: Retention): Promise<SweepResult> {
  const files = await store.list();
  const { needed, now, maxAgeMs, maxBytes, graceMs } = retention;
  let keptBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let removed = 0;
  let freedBytes = 0;
  for (const { name, bytes, putAt } of files.sort((a, b) => a.putAt - b.putAt)) {
    const age = now - putAt;
    const mayGo = age >= graceMs && !needed.has(name);
    if (!mayGo || (age <= maxAgeMs && keptBytes <= maxBytes)) continue;
    await store.remove(name);
    keptBytes -= bytes;
    freedBytes += bytes;
    removed += 1;
  }
  return { removed, freedBytes, keptBytes };
}
