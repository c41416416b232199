import type { Graph, Node } from './graph.js';

/**
 * The nodes in an order in which each reads only what stands before it: the file's order wherever that is one, as ONNX
 * Runtime runs files in any order. Nodes on a cycle, and those behind it, stay at the end, for the check to name.
 */
export function sortNodes(nodes: readonly Node[]): readonly Node[] {
  const producers = new Map<string, number>();
  for (const [index, { outputs }] of nodes.entries()) {
    for (const name of outputs) if (name !== '' && !producers.has(name)) producers.set(name, index);
  }
  const readers = new Map<number, number[]>();
  const waiting = nodes.map((node, reader) => {
    const awaited = new Set(namesRead(node).map((name) => producers.get(name)));
    awaited.delete(undefined);
    for (const producer of awaited) if (producer !== undefined) pushTo(readers, producer, reader);
    return awaited.size;
  });
  if (nodes.every((node, index) => namesRead(node).every((name) => (producers.get(name) ?? -1) < index)))
    return nodes;
  const ready = nodes.flatMap((_, index) => (waiting[index] === 0 ? [index] : []));
  for (const index of ready) {
    for (const reader of readers.get(index) ?? []) {
      const left = (waiting[reader] ?? 0) - 1;
      waiting[reader] = left;
      if (left === 0) ready.push(reader);
    }
  }
  const placed = new Set(ready);
  const rest = [...nodes.keys()].filter((index) => !placed.has(index));
  return [...ready, ...rest].flatMap((index) => nodes[index] ?? []);
}

function pushTo(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** What a node reads, its subgraphs included, which may read what is around them. */
export function namesRead({ inputs, attributes }: Node): readonly string[] {
  const names = [...inputs];
  for (const attribute of Object.values(attributes)) {
    if (attribute.kind === 'graph') for (const name of namesReadBy(attribute.value)) names.push(name);
  }
  return names;
}

function* namesReadBy({ nodes, outputs }: Graph): Iterable<string> {
  for (const node of nodes) yield* namesRead(node);
  for (const { name } of outputs) yield name;
}
