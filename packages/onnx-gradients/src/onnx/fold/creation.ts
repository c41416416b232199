import { attributeOf, intAttribute } from '../attributes.js';
import { isFloat, TYPED_ARRAYS } from '../element-type.js';
import { shapeSlice } from '../shapes/shape-slice.js';
import { elementCount, int64, type TensorType } from '../tensor.js';
import { floatsOf, integersOf, ofFloats, ofIntegers } from './numbers.js';
import type { FoldContext, FoldRule } from './rule.js';

function typeOfInput({ inputs }: FoldContext): TensorType {
  const [type] = inputs;
  if (!type) throw new Error('Expected an input.');
  return type;
}

/** Needs only the type of its input, not the value. */
const shape: FoldRule = (context) => {
  const dimensions = shapeSlice(context.node, typeOfInput(context).shape);
  return [int64([dimensions.length], dimensions)];
};

const size: FoldRule = (context) => [int64([], [elementCount(typeOfInput(context).shape)])];

const constantOfShape: FoldRule = ({ node, outputs }) =>
  outputs.map((output) => {
    const value = attributeOf(node, 'value', 'tensor')?.data[0];
    const data = new TYPED_ARRAYS[output.elementType](elementCount(output.shape));
    if (value !== undefined) data.fill(value as never); // The attribute's type is the output's.
    return { ...output, data };
  });

const range: FoldRule = ({ tensor, outputs }) =>
  outputs.map(({ elementType, shape: dimensions }) => {
    const length = dimensions[0] ?? 0;
    if (isFloat(elementType)) {
      const [start, delta] = [floatsOf(tensor(0))[0] ?? 0, floatsOf(tensor(2))[0] ?? 0];
      return ofFloats(
        elementType,
        dimensions,
        Float64Array.from({ length }, (_, i) => start + i * delta),
      );
    }
    const [start, delta] = [integersOf(tensor(0))[0] ?? 0n, integersOf(tensor(2))[0] ?? 0n];
    return ofIntegers(
      elementType,
      dimensions,
      Array.from({ length }, (_, i) => start + BigInt(i) * delta),
    );
  });

/** Needs only the type of its input, not the value. */
const eyeLike: FoldRule = ({ node, outputs }) => {
  const k = intAttribute(node, 'k', 0);
  return outputs.map(({ elementType, shape: dimensions }) => {
    const columns = dimensions[1] ?? 1;
    const values = Array.from({ length: elementCount(dimensions) }, (_, i) =>
      Number((i % columns) - Math.floor(i / columns) === k),
    );
    if (isFloat(elementType)) return ofFloats(elementType, dimensions, values);
    return ofIntegers(elementType, dimensions, values.map(BigInt));
  });
};

/** Rules that need operands' values. */
export const CREATION = { ConstantOfShape: constantOfShape, Range: range } as const satisfies Record<
  string,
  FoldRule
>;

/** Rules that need operands' types only, so that they fold for any input. */
export const FROM_TYPES = { EyeLike: eyeLike, Shape: shape, Size: size } as const satisfies Record<
  string,
  FoldRule
>;
