import type { Graph } from './graph.js';

/** Give something else at every run. */
const CHANCE: ReadonlySet<string> = new Set([
  'Bernoulli',
  'Multinomial',
  'RandomNormal',
  'RandomNormalLike',
  'RandomUniform',
  'RandomUniformLike',
]);

/**
 * The names whose values are fixed before a graph ever runs: its initializers, and what is computed from nothing else, which
 * runtimes compute once, as they open it.
 */
export function settledValues({ nodes, initializers, inputs }: Graph): ReadonlySet<string> {
  const settled = new Set(initializers.keys());
  for (const { name } of inputs) settled.delete(name);
  for (const { opType, inputs: operands, outputs, attributes } of nodes) {
    const holdsGraph = Object.values(attributes).some(({ kind }) => kind === 'graph');
    if (CHANCE.has(opType) || operands.length === 0 || holdsGraph) continue;
    if (operands.every((name) => name === '' || settled.has(name)))
      for (const name of outputs) settled.add(name);
  }
  return settled;
}
