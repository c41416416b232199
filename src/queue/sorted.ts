/** The first index of an ascending list whose key is not below `key`; its length when all are below. */
export function lowerBound<T>(list: readonly T[], key: number, keyOf: (item: T) => number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = list[middle];
    if (item !== undefined && keyOf(item) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Inserts into an ascending list, behind equal keys' first place. */
export function insertSorted<T>(list: T[], item: T, keyOf: (item: T) => number): void {
  list.splice(lowerBound(list, keyOf(item), keyOf), 0, item);
}

/**
 * Removes an item whose key has not changed since it was inserted.
 *
 * @throws when it is not where its key says: the list's order was broken.
 */
export function removeSorted<T>(list: T[], item: T, keyOf: (item: T) => number): void {
  const index = lowerBound(list, keyOf(item), keyOf);
  if (list[index] !== item) throw new Error('Expected the item at the place of its key.');
  list.splice(index, 1);
}
