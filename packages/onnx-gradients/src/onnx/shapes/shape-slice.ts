import { optionalInt } from '../attributes.js';
import type { Node } from '../graph.js';
import type { Shape } from '../tensor.js';

/** The dimensions Shape-15 returns: from `start` to `end`, negative ones counted from the back, then clamped. */
export function shapeSlice(node: Node, shape: Shape): Shape {
  return shape.slice(optionalInt(node, 'start') ?? 0, optionalInt(node, 'end') ?? shape.length);
}
