import type { Dimension, Graph, Model, Node, ValueInfo } from '../graph.js';
import { WORKING_OPSET } from '../graph.js';
import { inferTypes } from '../shapes/infer.js';

import type { TensorType } from '../tensor.js';

/** `float32 [1, 3, h, w]`, with `?` for what is not known. */
export function typeText(info: Pick<ValueInfo, 'elementType' | 'shape'> | undefined): string {
  if (!info?.elementType) return '?';
  const shape = info.shape?.map((dimension) => dimension ?? '?').join(', ');
  return `${info.elementType} [${shape ?? '…'}]`;
}

const isStatic = (shape: readonly Dimension[] | undefined): shape is readonly number[] =>
  shape?.every((dimension) => typeof dimension === 'number') ?? false;

function asStatic(info: ValueInfo | undefined): TensorType | undefined {
  if (!info?.elementType || !isStatic(info.shape)) return undefined;
  return { elementType: info.elementType, shape: info.shape };
}

/** The outputs of a node at the working opset whose operands are all known; nothing where a rule refuses them. */
function inferred(graph: Graph, node: Node, known: ReadonlyMap<string, ValueInfo>): readonly TensorType[] {
  const inputs = node.inputs.map((name) => (name === '' ? undefined : asStatic(known.get(name))));
  if (inputs.some((type, index) => !type && node.inputs[index] !== '')) return [];
  try {
    return inferTypes({
      node,
      inputs,
      constant: (index) => graph.initializers.get(node.inputs[index] ?? ''),
    });
  } catch {
    // A dump is for looking at broken graphs too: what cannot be inferred is shown as unknown.
    return [];
  }
}

/** What is known of every value: what the file declares, and what follows from it at the working opset. */
export function valueTypes({ graph, opsets }: Model): ReadonlyMap<string, ValueInfo> {
  const known = new Map<string, ValueInfo>(graph.valueInfo);
  for (const info of [...graph.inputs, ...graph.outputs]) known.set(info.name, info);
  for (const [name, { elementType, shape }] of graph.initializers)
    known.set(name, { name, elementType, shape });
  if (opsets[''] !== WORKING_OPSET) return known;
  for (const node of graph.nodes) {
    for (const [index, type] of inferred(graph, node, known).entries()) {
      const name = node.outputs[index];
      if (name && !asStatic(known.get(name))) known.set(name, { name, ...type });
    }
  }
  return known;
}
