import { stringAttribute } from '../../onnx/attributes.js';
import type { Value } from '../../onnx/builder.js';
import * as ops from '../../onnx/ops.js';
import { indicator, zeros } from '../emit.js';
import { type Differentiation, gradientOf, inputAt, outputAt, type Rule } from '../rule.js';

/** Reads at the node's positions. */
type Read = (d: Differentiation, value: Value) => Value;

interface Updates {
  readonly data: Value;
  readonly updates: Value;
  readonly reduction?: 'none' | 'add' | 'mul';
}

/** Writes at the node's positions. */
type Write = (d: Differentiation, updates: Updates) => Value;

/**
 * The gradient of a scatter, by its reduction. With y the result and [·] reading at the positions:
 * none: data g with zeros at the positions, updates g[·];
 * add: data g, updates g[·];
 * mul: data g times the product of its updates, updates (g·y)[·] / updates;
 * max and min: in equal shares to data and updates that equal the result, as PyTorch's `scatter_reduce`.
 */
export const scatter =
  (read: Read, write: Write): Rule =>
  (d) => {
    const { builder: b, wanted } = d;
    const [data, updates] = [inputAt(d, 0), inputAt(d, 2)];
    const [y, g] = [outputAt(d, 0), gradientOf(d)];
    const both = (toData: () => Value, toUpdates: () => Value) => [
      wanted[0] ? toData() : undefined,
      undefined,
      wanted[2] ? toUpdates() : undefined,
    ];
    const reduction = stringAttribute(d.node, 'reduction', 'none');
    switch (reduction) {
      case 'none':
        return both(
          () => write(d, { data: g, updates: zeros(b, g, updates.type.shape) }),
          () => read(d, g),
        );
      case 'add':
        return both(
          () => g,
          () => read(d, g),
        );
      case 'mul':
        return both(
          () => write(d, { data: g, updates, reduction: 'mul' }),
          () => ops.div(b, read(d, ops.mul(b, g, y)), updates),
        );
      case 'max':
      case 'min': {
        const kept = indicator(b, ops.equal(b, data, y), g);
        const taken = indicator(b, ops.equal(b, updates, read(d, y)), g);
        // At least one of them is the result, so no count is 0.
        const ties = write(d, { data: kept, updates: taken, reduction: 'add' });
        const share = ops.div(b, g, ties);
        return both(
          () => ops.mul(b, share, kept),
          () => ops.mul(b, read(d, share), taken),
        );
      }
      default:
        throw new Error(`reduction "${reduction}" has no gradient`);
    }
  };
