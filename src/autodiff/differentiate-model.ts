import { GraphBuilder, type Value } from '../onnx/builder.js';
import { isFloat } from '../onnx/element-type.js';
import type { Model } from '../onnx/graph.js';
import { inline } from '../onnx/inline.js';
import { elementCount } from '../onnx/tensor.js';
import { floats } from './emit.js';
import { gradients } from './gradients.js';

export interface DifferentiateOptions {
  /** A float output of the model, or any other of its float values. */
  readonly of: string;
  /** Float values: inputs, weights, or whatever lies between. */
  readonly wrt: readonly string[];
}

/** A value was asked for by a name that the model does not have, or that no gradient reaches. */
export class UnknownValue extends Error {
  override readonly name = 'UnknownValue';
}

/** How many names a complaint lists before it only counts. */
const LISTED = 12;

/**
 * A model that computes what the given one does and, beside it, `gradient/NAME` = Σ cotangent·∂of/∂NAME for each
 * wanted name. The cotangent is a new input `cotangent/OF` of the shape of `of`, unless that has one element: then it
 * is 1, and the outputs are plain gradients.
 *
 * @param model with static shapes at the working opset, as `prepareModel` returns it.
 * @throws UnknownValue or NotDifferentiable, in one sentence.
 */
export function differentiateModel(model: Model, { of, wrt }: DifferentiateOptions): Model {
  const b = new GraphBuilder();
  const { graph } = model;
  const inputs = graph.inputs.map(({ name, elementType, shape = [] }) => {
    const isStatic = shape.every((dimension) => typeof dimension === 'number');
    if (!elementType || !isStatic)
      throw new Error(`Expected a prepared model, whose input "${name}" has a static type.`);
    return b.input(name, { elementType, shape: shape.filter((dimension) => typeof dimension === 'number') });
  });
  const outputs = inline(b, model, {
    inputs: Object.fromEntries(inputs.map((input) => [input.name, input])),
  });
  const named = new Map(
    [
      ...inputs.map(({ name }) => name),
      ...graph.initializers.keys(),
      ...graph.nodes.flatMap((node) => node.outputs),
    ]
      .filter((name) => name !== '' && b.has(name))
      .map((name) => [name, b.value(name)]),
  );
  for (const [name, value] of Object.entries(outputs)) named.set(name, value);
  const find = (role: string, name: string, suggestions: readonly string[]): Value => {
    const value = named.get(name);
    if (value && isFloat(value.type.elementType)) return value;
    const problem = value ? `holds ${value.type.elementType}` : 'is not in the model';
    const others = suggestions.length > LISTED ? ` and ${suggestions.length - LISTED} more` : '';
    const list = suggestions.slice(0, LISTED).map((other) => `"${other}"`);
    throw new UnknownValue(
      `Expected \`${role}\` to name a float value such as ${list.join(', ')}${others}, but "${name}" ${problem}.`,
    );
  };
  const isFloatNamed = (name: string) => isFloat(named.get(name)?.type.elementType ?? 'bool');
  const target = find('--of', of, graph.outputs.map(({ name }) => name).filter(isFloatNamed));
  const places = [...inputs.map(({ name }) => name), ...graph.initializers.keys()].filter(isFloatNamed);
  const wanted = wrt.map((name) => find('--wrt', name, places));
  const isScalar = elementCount(target.type.shape) === 1;
  const cotangent = isScalar
    ? floats(b, target, target.type.shape, [1])
    : b.input(`cotangent/${of}`, target.type);
  const results = gradients(b, { of: [{ value: target, cotangent }], wrt: wanted });
  for (const [name, value] of Object.entries(outputs)) b.output(value, name);
  wrt.forEach((name, index) => {
    const gradient = results[index];
    if (!gradient)
      throw new UnknownValue(
        `"${of}" does not depend on "${name}" along any float path, so there is no gradient.`,
      );
    b.output(gradient, `gradient/${name}`);
  });
  return { ...b.build(graph.name), metadata: model.metadata };
}
