import { intsAttribute } from '../attributes.js';
import { brackets, operand } from './operands.js';
import type { ShapeContext, ShapeRule } from './rule.js';
import { slidingWindow } from './window.js';

function pooled(context: ShapeContext) {
  const { elementType, shape } = operand(context, 0);
  const [batch, channels, ...spatial] = shape;
  const kernel = intsAttribute(context.node, 'kernel_shape');
  if (batch === undefined || channels === undefined || spatial.length === 0) {
    throw new Error(`Expected [n, c, …], got ${brackets(shape)}.`);
  }
  if (!kernel) throw new Error('Expected attribute `kernel_shape`.');
  const { output } = slidingWindow({ node: context.node, spatial, kernel });
  return { elementType, shape: [batch, channels, ...output] };
}

const pool: ShapeRule = (context) => [pooled(context)];

const maxPool: ShapeRule = (context) => {
  const type = pooled(context);
  return [type, { elementType: 'int64', shape: type.shape }];
};

const globalPool: ShapeRule = (context) => {
  const { elementType, shape } = operand(context, 0);
  if (shape.length < 3) throw new Error(`Expected [n, c, …], got ${brackets(shape)}.`);
  return [{ elementType, shape: shape.map((dimension, axis) => (axis < 2 ? dimension : 1)) }];
};

export const POOLING = {
  AveragePool: pool,
  GlobalAveragePool: globalPool,
  GlobalLpPool: globalPool,
  GlobalMaxPool: globalPool,
  LpPool: pool,
  MaxPool: maxPool,
} as const satisfies Record<string, ShapeRule>;
