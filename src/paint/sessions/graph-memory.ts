import { byteLength, type Model, settledValues, valueTypes } from 'onnx-gradients/graph';

/** What a graph needs while it runs. */
export interface GraphMemory {
  /** Bytes of its constants, and of what is computed of them alone and once. */
  readonly weights: number;
  /** The most bytes of computed values that are alive at once, in the order of its nodes. */
  readonly values: number;
}

/** The memory of a graph with fixed shapes; a value lives from the node that makes it to the last that reads it. */
export function graphMemory(model: Model): GraphMemory {
  const settled = settledValues(model.graph);
  const { outputs } = model.graph;
  const nodes = model.graph.nodes.filter((node) => !node.outputs.every((name) => settled.has(name)));
  const bytes = new Map<string, number>();
  for (const [name, { elementType, shape }] of valueTypes(model)) {
    if (elementType && shape?.every((dimension) => typeof dimension === 'number'))
      bytes.set(name, byteLength({ elementType, shape }));
  }
  const lastUse = new Map<string, number>();
  for (const [index, { inputs, outputs: made }] of nodes.entries())
    for (const name of [...inputs, ...made]) lastUse.set(name, index);
  for (const { name } of outputs) lastUse.set(name, nodes.length);
  const ending = new Map<number, string[]>();
  for (const [name, index] of lastUse) ending.set(index, [...(ending.get(index) ?? []), name]);
  const alive = new Set<string>();
  let [now, values] = [0, 0];
  for (const [index, node] of nodes.entries()) {
    for (const name of node.outputs) {
      alive.add(name);
      // A view of its operand, which ONNX Runtime does not copy, is counted with it.
      now += bytes.get(name) ?? 0;
    }
    values = Math.max(values, now);
    for (const name of ending.get(index) ?? []) if (alive.delete(name)) now -= bytes.get(name) ?? 0;
  }
  const read = new Set([...nodes.flatMap(({ inputs }) => inputs), ...outputs.map(({ name }) => name)]);
  let weights = 0;
  for (const name of read) if (settled.has(name)) weights += bytes.get(name) ?? 0;
  return { weights, values };
}
