import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gradients } from '../../src/autodiff/gradients.js';
import { GraphBuilder } from '../../src/onnx/builder.js';
import { readModel } from '../../src/onnx/codec/read-model.js';
import type { Model } from '../../src/onnx/graph.js';
import { inline } from '../../src/onnx/inline.js';
import { prepareModel } from '../../src/onnx/prepare-model.js';
import { runGraph } from '../support/run-graph.js';
import { NETWORKS_FOLDER, type Reference, readReferences, relativeError } from './support/networks.js';

/** The network with dL/dname for every stored name as outputs, L = ⟨cotangent, output⟩. */
function withGradients(model: Model, { input, cotangent, gradients: expected }: Reference): Model {
  const b = new GraphBuilder();
  const x = b.input('input', { elementType: 'float32', shape: input.shape });
  const { output } = inline(b, model, { inputs: { input: x } });
  if (!output) throw new Error('The network has no output named "output".');
  const seed = b.input('cotangent', { elementType: 'float32', shape: cotangent.shape });
  const names = Object.keys(expected);
  const results = gradients(b, {
    of: [{ value: output, cotangent: seed }],
    wrt: names.map((name) => b.value(name)),
  });
  b.output(output);
  names.forEach((name, index) => {
    const gradient = results[index];
    if (gradient) b.output(gradient, `d/${name}`);
  });
  return b.build('network');
}

describe.each(readReferences())('$name agrees with PyTorch', (reference) => {
  const variants = reference.exports.flatMap((file) => [
    { file, graphOptimizationLevel: 'disabled' as const },
    { file, graphOptimizationLevel: 'all' as const },
  ]);
  it.each(variants)(
    '$file: output and gradients to 1e-5, optimisation $graphOptimizationLevel',
    async (variant) => {
      const { file, ...options } = variant;
      const shapes = { input: reference.input.shape };
      const model = prepareModel(readModel(join(NETWORKS_FOLDER, file)), { shapes });
      const inputs = { input: reference.input, cotangent: reference.cotangent };
      const results = await runGraph(withGradients(model, reference), inputs, options);
      expect(relativeError(results['output'], reference.output)).toBeLessThan(1e-5);
      for (const [name, expected] of Object.entries(reference.gradients)) {
        expect(relativeError(results[`d/${name}`], expected), name).toBeLessThan(1e-5);
      }
    },
  );

  it.each(reference.exports)('%s: no shape arithmetic is left', (file) => {
    const shapes = { input: reference.input.shape };
    const { graph } = prepareModel(readModel(join(NETWORKS_FOLDER, file)), { shapes });
    const kinds = new Set(graph.nodes.map(({ opType }) => opType));
    expect(
      [...kinds].filter((kind) => ['Shape', 'ConstantOfShape', 'Range', 'If', 'Cast'].includes(kind)),
    ).toEqual([]);
  });
});
