import type { Attribute, Graph, Node } from '../../../src/onnx/graph.js';
import type { Random } from './random.js';

const NUMBERS = [0, 1, -1, 2, 3, 1000, 60_000, 2 ** 31, -(2 ** 31), 2n ** 63n - 1n, -(2n ** 63n)];

function mutatedAttribute(r: Random, attribute: Attribute): Attribute {
  switch (attribute.kind) {
    case 'int':
      return { kind: 'int', value: r.pick(NUMBERS) };
    case 'ints':
      return { kind: 'ints', value: [...attribute.value.slice(r.int(0, 1)), r.pick(NUMBERS)] };
    case 'string':
      return { kind: 'string', value: r.pick(['', 'linear', 'SAME_UPPER', 'edge', 'none', 'ii->i']) };
    default:
      return { kind: 'float', value: r.pick([0, -1, Number.NaN, Number.POSITIVE_INFINITY]) };
  }
}

function mutatedNode(r: Random, node: Node, others: readonly Node[]): Node {
  const names = Object.keys(node.attributes);
  const other = r.pick(others);
  const inputs = [...node.inputs];
  switch (r.int(0, 5)) {
    case 0: {
      const name = names.length > 0 ? r.pick(names) : 'axis';
      const known = node.attributes[name] ?? ({ kind: 'int', value: 0 } as const);
      return { ...node, attributes: { ...node.attributes, [name]: mutatedAttribute(r, known) } };
    }
    case 1:
      return { ...node, opType: other.opType };
    case 2:
      return { ...node, attributes: other.attributes };
    case 3:
      return { ...node, inputs: inputs.toReversed() };
    case 4:
      return { ...node, inputs: [...inputs, r.pick(other.inputs.length > 0 ? other.inputs : [''])] };
    default:
      return { ...node, inputs: inputs.slice(0, -1) };
  }
}

/** A graph with one to three things changed: a node, an input's shape, the shape of a small constant's numbers. */
export function mutated(r: Random, graph: Graph): Graph {
  let { nodes, inputs, initializers } = graph;
  for (let count = r.int(1, 3); count > 0; count -= 1) {
    const at = r.int(0, nodes.length - 1);
    const chosen = nodes[at];
    if (chosen && r.next() < 0.7) nodes = nodes.with(at, mutatedNode(r, chosen, nodes));
    else if (r.bool())
      inputs = inputs.map((info) => ({
        ...info,
        shape: (info.shape ?? []).map((size) => (r.bool() ? size : r.pick([0, 1, 2, 7, 60_000]))),
      }));
    else
      initializers = new Map(
        [...initializers].map(([name, tensor]) => [
          name,
          tensor.elementType === 'int64' && r.bool()
            ? {
                ...tensor,
                data: BigInt64Array.from(tensor.data as BigInt64Array, () => BigInt(r.pick(NUMBERS))),
              }
            : tensor,
        ]),
      );
  }
  return { ...graph, nodes, inputs, initializers };
}
