import { GraphBuilder, type Value } from '../onnx/builder.js';
import { isFloat } from '../onnx/element-type.js';
import { fold } from '../onnx/fold/fold.js';
import type { Graph, Model, ValueInfo } from '../onnx/graph.js';
import { type Inlined, openInlined } from '../onnx/inline.js';
import { ModelError } from '../onnx/model-error.js';
import * as ops from '../onnx/ops.js';
import { printable } from '../onnx/printable.js';
import { inputType, type PrepareOptions } from '../onnx/prepare-model.js';
import { elementCount } from '../onnx/tensor.js';
import { expand, floats, reshape, sumOver, upTo } from './emit.js';
import { gradients } from './gradients.js';
import { warningsOf } from './warnings.js';

export interface DifferentiateOptions extends PrepareOptions {
  /** A float output of the model, or any other of its float values. */
  readonly of: string;
  /** Float values: inputs, weights, or whatever lies between. */
  readonly wrt: readonly string[];
  /** Values that count as constants: no gradient passes them. */
  readonly stop?: readonly string[];
  /** Told in one sentence each what is odd about the result though it was made. */
  readonly onWarning?: (sentence: string) => void;
}

/** A value was asked for by a name that the model does not have, or that no gradient reaches. */
export class UnknownValue extends Error {
  override readonly name = 'UnknownValue';

  constructor(message: string) {
    super(printable(message));
  }
}

/** How many names a complaint lists before it only counts. */
const LISTED = 12;

/**
 * A model that computes what the given one does and, beside it, `gradient/NAME` = Σ cotangent·∂of/∂NAME for each
 * wanted name. The cotangent is a new input `cotangent/OF` of the shape of `of`, unless that has one element: then it
 * is 1, and the outputs are plain gradients. A name that is taken gets a number.
 *
 * The model may be as `readModel` returns it; only what `of` and the wanted values need is brought to the working
 * opset, and other outputs are kept where they can be.
 *
 * @throws ModelError, UnknownValue or NotDifferentiable, in one sentence.
 */
export function differentiateModel(model: Model, options: DifferentiateOptions): Model {
  const opened = open(model, options);
  const { b, target, wanted, stopped, cotangent } = opened;
  const results = gradients(b, { of: [{ value: target, cotangent }], wrt: wanted, stop: stopped });
  return finish(opened, 'gradient', results);
}

/**
 * A model that computes what the given one does and, beside it, `hessian/NAME` = Σ ∂²L/∂NAME∂OTHER · `vector/OTHER`,
 * the product of the second derivatives of L = Σ cotangent·of with a vector given as one new input a wanted value.
 * The cotangent is an input unless `of` has one element. It is the gradient of ⟨gradient, vector⟩, so it costs a few
 * gradients, not one an element (Pearlmutter 1994).
 *
 * @throws ModelError, UnknownValue or NotDifferentiable, in one sentence.
 */
export function hessianProductModel(model: Model, options: DifferentiateOptions): Model {
  const opened = open(model, options);
  const { b, target, wanted, stopped, cotangent } = opened;
  const first = gradients(b, { of: [{ value: target, cotangent }], wrt: wanted, stop: stopped });
  const products = wanted.flatMap((value, index) => {
    const vector = b.input(b.freshName(`vector/${opened.names[index]}`), value.type);
    const gradient = first[index];
    if (!gradient) return [];
    return [reshape(b, sumOver(b, ops.mul(b, gradient, vector), upTo(value.type.shape.length)), [])];
  });
  const [head, ...rest] = products;
  if (!head) return finish(opened, 'hessian', first);
  const total = rest.reduce((sum, product) => ops.add(b, sum, product), head);
  const second = gradients(b, {
    of: [{ value: total, cotangent: floats(b, total, [], [1]) }],
    wrt: wanted,
    stop: stopped,
  });
  // Where the first derivative does not depend on a value, the second is zero.
  const results = second.map((result, index) => {
    const value = wanted[index];
    if (result || !value || !first[index]) return result;
    return expand(b, floats(b, value, [], [0]), value.type.shape);
  });
  return finish(opened, 'hessian', results);
}

interface Opened {
  readonly b: GraphBuilder;
  readonly model: Model;
  readonly inlined: Inlined;
  readonly options: DifferentiateOptions;
  readonly target: Value;
  readonly cotangent: Value;
  /** The wanted names, each once, and their values. */
  readonly names: readonly string[];
  readonly wanted: readonly Value[];
  readonly stopped: readonly Value[];
}

function open(model: Model, options: DifferentiateOptions): Opened {
  const { graph } = model;
  const { of, stop = [] } = options;
  const names = [...new Set(options.wrt)];
  checkUncut(graph, names);
  const apart = [...names, ...stop];
  const b = new GraphBuilder({
    fold,
    reserved: [...graph.outputs.map(({ name }) => name), ...apart],
    variables: apart,
  });
  const inputs = graph.inputs.map(
    (info) => [info.name, b.input(info.name, inputType(info, options))] as const,
  );
  const inlined = openInlined(b, model, { inputs: Object.fromEntries(inputs), apart });
  const places = floatNames([...graph.inputs, ...weightInfos(graph)]);
  const targets = floatNames(graph.outputs);
  const find = (role: string, name: string, suggestions: readonly string[]) =>
    findFloat({ inlined, role, name, suggestions });
  const target = find('--of', of, targets);
  const wanted = names.map((name) => find('--wrt', name, places));
  const stopped = stop.map((name) => find('--stop-gradient', name, places));
  const isScalar = elementCount(target.type.shape) === 1;
  const cotangent = isScalar
    ? floats(b, target, target.type.shape, [1])
    : b.input(b.freshName(`cotangent/${of}`), target.type);
  return { b, model, inlined, options, target, cotangent, names, wanted, stopped };
}

const floatNames = (infos: readonly ValueInfo[]) =>
  infos.filter(({ elementType }) => !elementType || isFloat(elementType)).map(({ name }) => name);

const weightInfos = ({ initializers }: Graph): readonly ValueInfo[] =>
  [...initializers].map(([name, { elementType }]) => ({ name, elementType }));

/** A model whose weights were computed with knows only part of what depends on them. */
function checkUncut({ folded, initializers }: Graph, names: readonly string[]): void {
  const cut = names.find((name) => folded?.has(name));
  if (cut === undefined) return;
  const what = initializers.has(cut) ? 'in part computed away' : 'computed away';
  throw new UnknownValue(
    `"${cut}" was ${what} when the model was prepared; name it in \`apart\` then, or differentiate the model as it was read.`,
  );
}

interface Lookup {
  readonly inlined: Inlined;
  readonly role: string;
  readonly name: string;
  readonly suggestions: readonly string[];
}

function findFloat({ inlined, role, name, suggestions }: Lookup): Value {
  const [value] = inlined.has(name) ? inlined.values([name]) : [];
  if (value && isFloat(value.type.elementType)) return value;
  const problem = value ? `holds ${value.type.elementType}` : 'is not in the model';
  const others = suggestions.length > LISTED ? ` and ${suggestions.length - LISTED} more` : '';
  const list = suggestions.slice(0, LISTED).map((other) => `"${other}"`);
  throw new UnknownValue(
    `Expected \`${role}\` to name a float value such as ${list.join(', ')}${others}, but "${name}" ${problem}.`,
  );
}

/** The graph with what was there before and the results, one a wanted name, as `KIND/NAME`. */
function finish(opened: Opened, kind: string, results: readonly (Value | undefined)[]): Model {
  const { b, model, names, options } = opened;
  for (const [name, value] of keptOutputs(opened)) b.output(value, name);
  names.forEach((name, index) => {
    const result = results[index];
    if (!result)
      throw new UnknownValue(
        `"${options.of}" does not depend on "${name}" along any float path, so there is no gradient.`,
      );
    b.output(result, b.freshName(`${kind}/${name}`));
  });
  for (const sentence of warningsOf(model.graph, names)) options.onWarning?.(printable(sentence));
  return { ...b.build(model.graph.name), metadata: model.metadata };
}

/** The model's own outputs, those left out that cannot be brought to the working opset. */
function keptOutputs({ inlined, model, options }: Opened): readonly (readonly [string, Value])[] {
  const names = model.graph.outputs.map(({ name }) => name);
  const all = attempt(() => inlined.values(names));
  if (!(all instanceof ModelError))
    return all.flatMap((value, index) => [[names[index] ?? '', value] as const]);
  return names.flatMap((name) => {
    const one = attempt(() => inlined.values([name]));
    if (!(one instanceof ModelError)) return one.map((value) => [name, value] as const);
    options.onWarning?.(printable(`The output "${name}" is left out: ${one.message}`));
    return [];
  });
}

function attempt<Result>(step: () => Result): Result | ModelError {
  try {
    return step();
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
}
