import { GraphBuilder } from './builder.js';
import { fold } from './fold/fold.js';
import type { Model, ValueInfo } from './graph.js';
import { inline } from './inline.js';
import { ModelError } from './model-error.js';
import type { Shape, TensorType } from './tensor.js';

export interface PrepareOptions {
  /** Sizes of named dimensions (`{ batch: 16 }`). */
  readonly dimensions?: Readonly<Record<string, number>>;
  /** Whole shapes by input, where a file leaves dimensions without a name. */
  readonly shapes?: Readonly<Record<string, Shape>>;
}

/**
 * An input's static type.
 *
 * @throws ModelError naming a dimension that is not fixed.
 */
export function inputType(info: ValueInfo, { dimensions = {}, shapes = {} }: PrepareOptions): TensorType {
  const { name, elementType } = info;
  if (!elementType) throw new ModelError(`Input "${name}" has no element type.`);
  const stated = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  const shape = stated ?? info.shape;
  if (!shape)
    throw new ModelError(`Expected a shape for input "${name}", whose rank the file does not tell.`);
  return {
    elementType,
    shape: shape.map((dimension, axis) => {
      const known = typeof dimension === 'string' && Object.hasOwn(dimensions, dimension);
      const size = known ? dimensions[dimension] : dimension;
      if (typeof size !== 'number') {
        const what = dimension === null ? `axis ${axis}` : `dimension "${dimension}"`;
        throw new ModelError(`Expected a size for ${what} of input "${name}".`);
      }
      if (!Number.isSafeInteger(size) || size < 0) {
        throw new ModelError(`Expected a size for axis ${axis} of input "${name}", got ${size}.`);
      }
      return size;
    }),
  };
}

/**
 * Refuses sizes for what the model does not have: of a person's typing, a slip would be lost otherwise.
 *
 * @throws ModelError naming what is not there and what is.
 */
export function assertNamed(
  { graph: { inputs } }: Model,
  { dimensions = {}, shapes = {} }: PrepareOptions,
): void {
  const named = inputs
    .flatMap(({ shape = [] }) => shape)
    .filter((dimension) => typeof dimension === 'string');
  const check = (what: string, given: object, known: readonly string[]) => {
    const unknown = Object.keys(given).find((name) => !known.includes(name));
    if (unknown === undefined) return;
    const choice = known.length === 0 ? 'none' : [...new Set(known)].join(', ');
    throw new ModelError(`Expected the name of ${what} (${choice}), got "${unknown}".`);
  };
  check('a dimension', dimensions, named);
  check(
    'an input',
    shapes,
    inputs.map(({ name }) => name),
  );
}

export interface KeepOptions {
  /** Weights and inner values that gradients will be asked of: nothing is computed with them while folding. */
  readonly apart?: readonly string[];
}

/**
 * A model as gradients and step graphs need it: at the working opset, with static shapes, constants folded, Constant
 * nodes and known branches resolved, and without what no output needs. Input and output names stay.
 *
 * @throws ModelError in one sentence naming a dimension that is not fixed or not there, or operator, node and opset of what is not supported.
 */
export function prepareModel(model: Model, options: PrepareOptions & KeepOptions = {}): Model {
  const { apart = [] } = options;
  const b = new GraphBuilder({ fold, reserved: [...model.graph.outputs.map(({ name }) => name), ...apart] });
  const inputs = model.graph.inputs.map(
    (info) => [info.name, b.input(info.name, inputType(info, options))] as const,
  );
  const outputs = inline(b, model, { inputs: Object.fromEntries(inputs), apart });
  for (const { name } of model.graph.outputs) {
    const value = outputs[name];
    if (value) b.output(value, name);
  }
  return { ...b.build(model.graph.name), producer: model.producer, metadata: model.metadata };
}
