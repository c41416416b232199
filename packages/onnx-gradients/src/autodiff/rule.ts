import type { GraphBuilder, Value } from '../onnx/builder.js';
import type { Node } from '../onnx/graph.js';
import type { ShapeContext } from '../onnx/shapes/rule.js';

/**
 * One node as its rule sees it. `Value` is a typed name in the graph under construction; a rule emits nodes through
 * `builder` and never sees the gradients of any other node.
 */
export interface Differentiation {
  readonly builder: GraphBuilder;
  readonly node: Node;
  /** The node as its shape rule sees it, for what that room has worked out already (windows, axes, ranges). */
  readonly shapes: ShapeContext;
  /** The forward inputs; undefined where an optional one is omitted. */
  readonly inputs: readonly (Value | undefined)[];
  /** The forward outputs; undefined where one is unnamed. */
  readonly outputs: readonly (Value | undefined)[];
  /** dL/doutput, one an output, of the output's shape; undefined where the loss does not depend on it. */
  readonly outputGradients: readonly (Value | undefined)[];
  /** Which inputs lie on the way to a wanted value; a rule may leave out the others' gradients. */
  readonly wanted: readonly boolean[];
  /** The nodes that read an output, for rules that know what those do. */
  readonly readers: (value: Value) => readonly Node[];
  /** Names of the values that the caller wants gradients of: a rule that passes over a value must not pass over these. */
  readonly requested: ReadonlySet<string>;
}

/**
 * dL/dinput, one an input; undefined means zero. A gradient may have the shape that its input takes after
 * broadcasting (the driver sums it back) or one that broadcasts to the input's (the driver expands it when it must).
 */
export type Rule = (differentiation: Differentiation) => readonly (Value | undefined)[];

/** The `index`-th input, which the operator's specification requires. */
export function inputAt({ inputs }: Differentiation, index: number): Value {
  const value = inputs[index];
  if (!value) throw new Error(`input ${index} is missing`);
  return value;
}

/** The `index`-th output, which the operator's specification requires. */
export function outputAt({ outputs }: Differentiation, index: number): Value {
  const value = outputs[index];
  if (!value) throw new Error(`output ${index} is missing`);
  return value;
}

/** The gradient of output 0, of an operator that is differentiable in that output alone. */
export function gradientOf({ outputGradients }: Differentiation): Value {
  if (outputGradients.slice(1).some(Boolean)) throw new Error('only its first output has a gradient');
  const [gradient] = outputGradients;
  if (!gradient) throw new Error('its first output has no gradient');
  return gradient;
}
