import type { Graph } from '../onnx/graph.js';

/** Gradients are right for the numbers in the file; where a weight is not what its name says, that is worth a word. */
export function warningsOf(graph: Graph, names: readonly string[]): readonly string[] {
  return names
    .filter((name) => isFused(graph, name))
    .map(
      (name) =>
        `"${name}" seems to be a weight that the exporter multiplied with the batch normalisation after it: its gradient is that of the product, not of the weight of this name.`,
    );
}

/** PyTorch's exporter keeps the kernel's name and calls the bias it makes "NAME_bias", as no PyTorch module does. */
function isFused({ nodes, initializers }: Graph, name: string): boolean {
  return nodes.some(
    ({ opType, inputs }) =>
      ['Conv', 'ConvTranspose', 'Gemm'].includes(opType) &&
      initializers.has(name) &&
      ((inputs[1] === name && inputs[2] === `${name}_bias`) ||
        (inputs[2] === name && name === `${inputs[1]}_bias`)),
  );
}
