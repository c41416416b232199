import type { Value } from '../onnx/builder.js';
import { isFloat } from '../onnx/element-type.js';
import type { Node } from '../onnx/graph.js';
import { entryOf } from './operators.js';

interface ActiveOptions {
  readonly find: (name: string) => Value;
  /** Values that no gradient passes. */
  readonly stopped: ReadonlySet<string>;
}

/**
 * The names of all values that a wanted value reaches on a float path: the wanted ones, and each float output of a node
 * with an active input, unless the operator is piecewise constant. An operator without a rule passes activity on;
 * it is refused only if a gradient arrives. A stopped value is active only where it is wanted itself.
 */
export function activeValues(
  nodes: readonly Node[],
  wrt: readonly Value[],
  { find, stopped }: ActiveOptions,
): ReadonlySet<string> {
  const active = new Set(wrt.map(({ name }) => name));
  for (const node of nodes) {
    if (!node.inputs.some((name) => active.has(name))) continue;
    if (entryOf(node)?.kind === 'flat') continue;
    for (const name of node.outputs) {
      if (name !== '' && !stopped.has(name) && isFloat(find(name).type.elementType)) active.add(name);
    }
  }
  return active;
}
