import { type ErrorTree, type FieldError, invalidForm } from '../rest/error.js';

/** One thing wrong with a body: where, and in Discord's words what. */
export interface Complaint extends FieldError {
  readonly path: readonly PropertyKey[];
}

/** The `errors` tree of a 50035; complaints about the body as a whole stand under `_errors` at its root. */
export function errorTree(complaints: readonly Complaint[]): ErrorTree {
  const root: Record<string, unknown> = {};
  for (const { path, code, message } of complaints) {
    let node = root;
    for (const key of path.map(String)) {
      const inner = (node[key] ?? {}) as Record<string, unknown>; // made here, by the line below
      node[key] = inner;
      node = inner;
    }
    const leaf = (node['_errors'] ?? []) as FieldError[]; // likewise
    node['_errors'] = [...leaf, { code, message }];
  }
  return root as ErrorTree; // leaves are arrays under `_errors`, everything else nests
}

/** @throws Refusal (50035) when there is anything to complain about. */
export function requireNone(complaints: readonly Complaint[]): void {
  if (complaints.length > 0) throw invalidForm(errorTree(complaints));
}
