import type { Attributes, Dimension, Graph, Model, Node, ValueInfo } from '../../../src/onnx/graph.js';

/** A node of the standard domain. */
export function node(
  opType: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Attributes = {},
): Node {
  return { name: outputs[0] ?? opType, opType, domain: '', inputs, outputs, attributes };
}

/** A float32 input or output. */
export const value = (name: string, shape: readonly Dimension[] = [2]): ValueInfo => ({
  name,
  elementType: 'float32',
  shape,
});

export function graph(parts: Partial<Graph>): Graph {
  return { name: 'g', inputs: [], outputs: [], initializers: new Map(), nodes: [], ...parts };
}

export function model(parts: Partial<Graph>, opset = 18): Model {
  return { irVersion: 8, opsets: { '': opset }, producer: 'test', metadata: {}, graph: graph(parts) };
}
