import type { Shape } from '../tensor.js';
import { allOperands, brackets, operand, sameElementType } from './operands.js';
import type { ShapeRule } from './rule.js';

/**
 * The numpy broadcast of several shapes: aligned at the last axis, a 1 stretches to its partner.
 *
 * @throws when two dimensions differ and neither is 1.
 */
export function broadcastShapes(shapes: readonly Shape[]): Shape {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    let result = 1;
    for (const shape of shapes) {
      const dimension = shape[axis - rank + shape.length] ?? 1;
      if (dimension === 1 || dimension === result) continue;
      if (result !== 1) throw new Error(`Shapes ${shapes.map(brackets).join(' and ')} do not broadcast.`);
      result = dimension;
    }
    return result;
  });
}

/** All inputs broadcast to one shape, in their one element type. */
export const broadcastOperands: ShapeRule = (context) => {
  const types = allOperands(context);
  return [{ elementType: sameElementType(types), shape: broadcastShapes(types.map((type) => type.shape)) }];
};

/** Two inputs (at least) broadcast to one shape. */
export const broadcastPair: ShapeRule = (context) => {
  operand(context, 1);
  return broadcastOperands(context);
};
