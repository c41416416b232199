import { intsAttribute } from '../attributes.js';
import type { ShapeContext } from '../shapes/rule.js';
import type { TensorType } from '../tensor.js';

const isConstantOf = (context: ShapeContext, index: number, value: number) =>
  context.constant(index)?.data.every((element: number | bigint) => Number(element) === value) ?? false;

const always = () => true;

/** Operators that return their first input unchanged, given that the output's type is the input's. */
const NO_OPS: Readonly<Record<string, (context: ShapeContext) => boolean>> = {
  Cast: always,
  CastLike: always,
  Concat: ({ inputs }) => inputs.length === 1,
  Expand: always,
  Flatten: always,
  Identity: always,
  Reshape: always,
  // A full slice that runs backwards has the same type and is not the same.
  Slice: (context) => !context.inputs[4] || isConstantOf(context, 4, 1),
  Split: ({ node }) => node.outputs.length === 1,
  Squeeze: always,
  Pad: (context) => isConstantOf(context, 1, 0),
  Tile: always,
  Transpose: ({ node, inputs }) =>
    (intsAttribute(node, 'perm') ?? [...(inputs[0]?.shape.keys() ?? [])].reverse()).every(
      (axis, i) => axis === i,
    ),
  Unsqueeze: always,
};

/** The input that the node's only output equals; undefined when it computes something. */
export function passedInput(context: ShapeContext, outputs: readonly TensorType[]): number | undefined {
  const { node, inputs } = context;
  const [input, output] = [inputs[0], outputs[0]];
  if (node.domain !== '' || !input || !output || !Object.hasOwn(NO_OPS, node.opType)) return undefined;
  const sameType =
    input.elementType === output.elementType &&
    input.shape.length === output.shape.length &&
    input.shape.every((dimension, axis) => dimension === output.shape[axis]);
  return sameType && NO_OPS[node.opType]?.(context) ? 0 : undefined;
}
