import type { Graph } from '../graph.js';

/**
 * Checks what every later pass relies on: each name has one producer, and a node reads only what stands before it
 * (in its graph or one around it), so there is no cycle. Graphs are in order already, see `sort-nodes.ts`.
 *
 * @throws with the reason, as a clause that follows "because".
 */
export function checkGraph(graph: Graph, isOuter: (name: string) => boolean = () => false): void {
  const known = new Set<string>();
  const isKnown = (name: string) => known.has(name) || isOuter(name);
  const define = (name: string, what: string) => {
    if (isKnown(name)) throw new Error(`the name "${name}" of ${what} is taken`);
    known.add(name);
  };
  for (const { name } of graph.inputs) {
    if (name === '') throw new Error('an input has no name');
    define(name, 'an input');
  }
  for (const name of graph.initializers.keys()) define(name, 'an initializer');
  for (const node of graph.nodes) {
    const place = `${node.opType} (node "${node.name}")`;
    if (node.opType === '') throw new Error(`node "${node.name}" has no operator`);
    for (const input of node.inputs) {
      if (input !== '' && !isKnown(input)) {
        throw new Error(`${place} reads "${input}", which nothing before it computes`);
      }
    }
    for (const attribute of Object.values(node.attributes)) {
      if (attribute.kind === 'graph') checkGraph(attribute.value, isKnown);
    }
    for (const output of node.outputs) if (output !== '') define(output, `an output of ${place}`);
  }
  const outputs = new Set<string>();
  for (const { name } of graph.outputs) {
    if (!isKnown(name)) throw new Error(`output "${name}" is computed by nothing`);
    if (outputs.has(name)) throw new Error(`output "${name}" is listed twice`);
    outputs.add(name);
  }
}
