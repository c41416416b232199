import { differentiateModel, type DifferentiateOptions } from '../../../src/autodiff/differentiate-model.js';
import type { Model } from '../../../src/onnx/graph.js';
import { elementCount, type Tensor, tensor } from '../../../src/onnx/tensor.js';
import { openGraph, runGraph, type Tensors } from '../../support/run-graph.js';
import { randomFrom } from './random.js';

/** The model with some weights as inputs, so that they can be moved. */
function withInputs(model: Model, names: readonly string[]): Model {
  const { graph } = model;
  const moved = names.flatMap((name) => {
    const weight = graph.initializers.get(name);
    return weight ? [{ name, elementType: weight.elementType, shape: weight.shape }] : [];
  });
  const initializers = new Map([...graph.initializers].filter(([name]) => !names.includes(name)));
  return { ...model, graph: { ...graph, inputs: [...graph.inputs, ...moved], initializers } };
}

const dot = (one: ArrayLike<number>, other: ArrayLike<number>) =>
  Array.from(one, (value, index) => value * (other[index] ?? 0)).reduce((sum, term) => sum + term, 0);

export interface Comparison {
  readonly name: string;
  readonly analytic: number;
  readonly numeric: number;
}

/**
 * dL/dname · v by the gradient graph and by differences of what ONNX Runtime makes of the file itself, L = Σ of, for
 * each wanted name and a random direction v.
 */
export async function compareGradients(
  model: Model,
  options: DifferentiateOptions,
  feeds: Tensors,
  step = 1e-2,
): Promise<readonly Comparison[]> {
  const gradients = differentiateModel(model, options);
  const cotangents = gradients.graph.inputs
    .filter(({ name }) => !Object.hasOwn(feeds, name))
    .map(({ name, shape = [] }) => {
      const sizes = shape.map(Number);
      return [name, tensor('float32', sizes, new Float32Array(elementCount(sizes)).fill(1))] as const;
    });
  const results = await runGraph(gradients, { ...feeds, ...Object.fromEntries(cotangents) });
  const forward = await openGraph(withInputs(model, options.wrt));
  try {
    const random = randomFrom(JSON.stringify(options));
    const comparisons: Comparison[] = [];
    for (const name of options.wrt) {
      const at = (feeds[name] ?? model.graph.initializers.get(name)) as Tensor; // Asked for by name.
      const direction = Array.from(at.data as Float32Array, () => random() - 0.5);
      const loss = async (t: number) => {
        const point = Object.fromEntries(
          options.wrt.map((other) => [
            other,
            (feeds[other] ?? model.graph.initializers.get(other)) as Tensor,
          ]),
        );
        const values = Float32Array.from(
          at.data as Float32Array,
          (x, i) => x + t * step * (direction[i] ?? 0),
        );
        const moved = tensor('float32', at.shape, values);
        const outputs = await forward.run({ ...feeds, ...point, [name]: moved });
        return dot(outputs[options.of]?.data as Float32Array, new Array(1e5).fill(1));
      };
      const numeric =
        ((await loss(-2)) - 8 * (await loss(-1)) + 8 * (await loss(1)) - (await loss(2))) / (12 * step);
      const analytic = dot(results[`gradient/${name}`]?.data as Float32Array, direction);
      comparisons.push({ name, analytic, numeric });
    }
    return comparisons;
  } finally {
    await forward.close();
  }
}
