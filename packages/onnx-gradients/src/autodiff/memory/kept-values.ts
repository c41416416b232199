import type { Graph, Node } from '../../onnx/graph.js';
import { elementCount } from '../../onnx/tensor.js';
import { entryOf } from '../operators.js';
import type { Lifetimes } from './lifetimes.js';
import { FlowNetwork } from './minimum-cut.js';

/** Whether a node only looks at its operand in another shape. */
export const isView = (node: Node) => entryOf(node)?.cost === 'view';

/** Whether a node's value may be computed twice; some operand must be float32, where the copy is tied to its time. */
export function isRecomputable(node: Node, { typeOf }: Lifetimes): boolean {
  if (node.outputs.length !== 1) return false;
  return (
    isView(node) ||
    (entryOf(node)?.cost === 'cheap' && node.inputs.some((name) => typeOf(name)?.elementType === 'float32'))
  );
}

/** The large operands of a node that exist before the last of them does, views of anything apart. */
export function earlyOperands(node: Node, { isLarge, dawnOf, startOf }: Lifetimes): readonly string[] {
  const start = isView(node) ? undefined : startOf(node);
  return start ? node.inputs.filter((name) => isLarge(name) && dawnOf(name) < start.time) : [];
}

/**
 * Which values to keep for later use, so that every other value that is needed later can be computed again from kept ones by
 * cheap operators, with the fewest bytes kept.
 *
 * That is a minimum cut: flow runs from what cannot be recomputed, through a pipe as wide as each value is large, along the cheap
 * operators to the operands that are read late (as functorch's partitioner has it). Of equal cuts the latest is taken, which
 * recomputes least.
 */
export function keptValues({ nodes }: Graph, lifetimes: Lifetimes): ReadonlySet<string> {
  const { isLarge, isMadeLate, typeOf } = lifetimes;
  const values = [...new Set(nodes.flatMap(({ outputs }) => outputs).filter(isLarge))];
  const numbers = new Map(values.map((name, index) => [name, index]));
  const [source, sink] = [2 * values.length, 2 * values.length + 1];
  const entry = (name: string) => 2 * (numbers.get(name) ?? 0);
  const exit = (name: string) => entry(name) + 1;
  const network = new FlowNetwork();
  for (const name of values) {
    // Keeping what is made late may keep what it is made from until then.
    const weight = isMadeLate(name) ? 2 : 1;
    network.addEdge(entry(name), exit(name), weight * elementCount(typeOf(name)?.shape ?? []));
  }
  for (const node of nodes) {
    const outputs = node.outputs.filter(isLarge);
    if (isRecomputable(node, lifetimes)) {
      for (const output of outputs) {
        for (const input of node.inputs.filter(isLarge)) {
          network.addEdge(exit(input), entry(output), Number.POSITIVE_INFINITY);
        }
      }
    } else {
      for (const output of outputs) network.addEdge(source, entry(output), Number.POSITIVE_INFINITY);
    }
    for (const name of earlyOperands(node, lifetimes))
      network.addEdge(exit(name), sink, Number.POSITIVE_INFINITY);
  }
  const late = network.sinkSide(source, sink);
  return new Set(values.filter((name) => late.has(exit(name)) && !late.has(entry(name))));
}
