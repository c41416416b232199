import { join } from 'node:path';
import type { Model } from 'onnx-gradients/graph';
import { writeModels } from 'onnx-gradients/node';
import type { Part } from './build.js';
import type { GraphWork } from './contestant.js';
import { alone, productsOf } from './products.js';

/** Graphs written into a folder, with weights in files beside them, as a contestant's work. */
export function writtenGraphs(parts: readonly Part[], folder: string, stem: string): GraphWork['graphs'] {
  const named = parts.map(({ model, times }, index) => ({ file: `${stem}-${index}.onnx`, model, times }));
  writeModels(folder, Object.fromEntries(named.map(({ file, model }) => [file, model])));
  return named.map(({ file, model, times }) => ({
    path: join(folder, file),
    times,
    inputs: inputsOf(model),
  }));
}

/** The floor of graphs: a graph for each of their convolutions and matrix products. */
export function writtenProducts(parts: readonly Part[], folder: string) {
  const products = productsOf(parts);
  const lone = products.map((product, index) => ({
    model: alone(product, `product-${index}`),
    times: product.times,
  }));
  return {
    graphs: writtenGraphs(lone, folder, 'product'),
    gigaMacs: products.reduce((sum, { macs, times }) => sum + macs * times, 0) / 1e9,
  };
}

function inputsOf({ graph }: Model): GraphWork['graphs'][number]['inputs'] {
  return graph.inputs.map(({ name, elementType = 'float32', shape = [] }) => ({
    name,
    elementType,
    shape: shape.map(Number), // fixed when the graphs were built
  }));
}
