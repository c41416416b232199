import type { Shape } from '../tensor.js';
import { brackets } from './operands.js';

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
