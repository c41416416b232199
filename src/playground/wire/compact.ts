/** Drops nulls inside, at any depth: Discord leaves out what is not there. */
export function compact(value: unknown): unknown {
  return prune(value, (inner) => inner === null || inner === undefined);
}

/** Drops what is null, false or an empty list, at any depth: Discord sends no defaults in a command's options. */
export function withoutDefaults(value: unknown): unknown {
  const isDefault = (inner: unknown) => inner === null || inner === undefined || inner === false;
  const isEmptyList = (inner: unknown) => Array.isArray(inner) && inner.length === 0;
  return prune(value, (inner) => isDefault(inner) || isEmptyList(inner));
}

/** Drops entries of objects, at any depth, of which `isDropped` says so. */
export function prune(value: unknown, isDropped: (inner: unknown, key: string) => boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => prune(item, isDropped));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key, inner]) => !isDropped(inner, key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, prune(inner, isDropped)]));
}
