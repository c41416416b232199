import { intAttribute, intsAttribute } from '../attributes.js';
import type { TensorType } from '../tensor.js';
import { brackets, isGiven, operand, sameElementType } from './operands.js';
import type { ShapeContext, ShapeRule } from './rule.js';
import { slidingWindow, transposedWindow } from './window.js';

interface ConvolutionOperands {
  readonly x: TensorType;
  readonly w: TensorType;
  readonly batch: number;
  readonly channels: number;
  readonly group: number;
  readonly spatial: readonly number[];
  readonly kernel: readonly number[];
}

function read(context: ShapeContext): ConvolutionOperands {
  const [x, w] = [operand(context, 0), operand(context, 1)];
  const [batch, channels, ...spatial] = x.shape;
  const kernel = w.shape.slice(2);
  if (batch === undefined || channels === undefined || w.shape.length !== x.shape.length) {
    throw new Error(
      `Expected input and kernel of one rank, got ${brackets(x.shape)} and ${brackets(w.shape)}.`,
    );
  }
  const stated = intsAttribute(context.node, 'kernel_shape');
  if (stated && brackets(stated) !== brackets(kernel)) {
    throw new Error(`Expected \`kernel_shape\` ${brackets(kernel)}, got ${brackets(stated)}.`);
  }
  sameElementType([x, w]);
  return { x, w, batch, channels, group: intAttribute(context.node, 'group', 1), spatial, kernel };
}

function checkBias(context: ShapeContext, features: number): void {
  if (!isGiven(context, 2)) return;
  const { shape } = operand(context, 2);
  if (shape.length !== 1 || shape[0] !== features) {
    throw new Error(`Expected a bias of shape [${features}], got ${brackets(shape)}.`);
  }
}

/** x [n, c, …] with w [m, c / group, …] → [n, m, …]. */
const conv: ShapeRule = (context) => {
  const { x, w, batch, channels, group, spatial, kernel } = read(context);
  const [features = 0, perGroup = 0] = w.shape;
  if (perGroup * group !== channels || features % group !== 0) {
    throw new Error(
      `Input ${brackets(x.shape)} and kernel ${brackets(w.shape)} do not fit ${group} group(s).`,
    );
  }
  checkBias(context, features);
  const { output } = slidingWindow({ node: context.node, spatial, kernel });
  return [{ elementType: x.elementType, shape: [batch, features, ...output] }];
};

/** x [n, c, …] with w [c, m / group, …] → [n, m, …]. */
const convTranspose: ShapeRule = (context) => {
  const { x, w, batch, channels, group, spatial, kernel } = read(context);
  const [inputs = 0, perGroup = 0] = w.shape;
  if (inputs !== channels || channels % group !== 0) {
    throw new Error(
      `Input ${brackets(x.shape)} and kernel ${brackets(w.shape)} do not fit ${group} group(s).`,
    );
  }
  checkBias(context, perGroup * group);
  const { output } = transposedWindow({ node: context.node, spatial, kernel });
  return [{ elementType: x.elementType, shape: [batch, perGroup * group, ...output] }];
};

export const CONVOLUTION = { Conv: conv, ConvTranspose: convTranspose } as const satisfies Record<
  string,
  ShapeRule
>;
