import { gradients } from 'onnx-gradients';
import type { GraphBuilder, Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import { int64 } from 'onnx-gradients/graph';
import type { Effects } from '../canvas/effects.js';

/** Latent cells of itself that a tile is decoded with on every side, so that its edges are painted as if they met. */
export const TILE_MARGIN = 3;

/** A tile's latent [1, dim, rows, columns] with a margin of its other side all around. */
export function wrapCells(b: GraphBuilder, latent: Value): Value {
  const [, , rows = 0, columns = 0] = latent.type.shape;
  const around = (length: number) =>
    Array.from({ length: length + 2 * TILE_MARGIN }, (_, at) => (at - TILE_MARGIN + length) % length);
  return gatherLines(b, gatherLines(b, latent, around(rows), 2), around(columns), 3);
}

/**
 * The decoder's clamped picture as it is shown and looked at: a tile without its margin, halves mirrored, and a kept picture
 * outside its mask. Declares `finish.mask` [1, 1, H, W] and `finish.under` [1, 3, H, W] where there is a mask.
 *
 * @param factor Pixels a latent cell.
 */
export function finishPicture(
  b: GraphBuilder,
  clamped: Value,
  { effects, factor }: { readonly effects: Effects; readonly factor: number },
): Value {
  let picture = clamped;
  if (effects.tile) {
    const margin = TILE_MARGIN * factor;
    const [, , height = 0, width = 0] = picture.type.shape;
    picture = op.slice(b, picture, {
      ...{ starts: [margin, margin], ends: [height - margin, width - margin], axes: [2, 3] },
    });
  }
  const { symmetry } = effects;
  if (symmetry === 'left-right' || symmetry === 'both') picture = mirror(b, picture, 3);
  if (symmetry === 'top-bottom' || symmetry === 'both') picture = mirror(b, picture, 2);
  if (!effects.mask) return picture;
  const [, , height = 0, width = 0] = picture.type.shape;
  const mask = b.input('finish.mask', { elementType: 'float32', shape: [1, 1, height, width] });
  const under = b.input('finish.under', picture.type);
  const kept = op.mul(b, under, op.sub(b, b.scalar(1), mask));
  return op.add(b, op.mul(b, picture, mask), kept);
}

/** The gradient at the clamped picture from that at the finished one. */
export function finishGradient(
  b: GraphBuilder,
  {
    clamped,
    picture,
    gradient,
  }: { readonly clamped: Value; readonly picture: Value; readonly gradient: Value },
): Value {
  if (picture === clamped) return gradient;
  const [before] = gradients(b, { of: [{ value: picture, cotangent: gradient }], wrt: [clamped] });
  if (!before) throw new Error('A finished picture depends on the decoded one.');
  return before;
}

/** A tile rolled along both axes, by the inputs `roll.x` int64 [W] and `roll.y` int64 [H]: an edge is nowhere twice. */
export function rollPicture(b: GraphBuilder, picture: Value): Value {
  const [, , height = 0, width = 0] = picture.type.shape;
  const input = (name: string, length: number) => b.input(name, { elementType: 'int64', shape: [length] });
  return op.gather(b, op.gather(b, picture, input('roll.x', width), 3), input('roll.y', height), 2);
}

/** The first half of an axis, and the same again, mirrored; a line in the middle stays. */
function mirror(b: GraphBuilder, picture: Value, axis: number): Value {
  const length = picture.type.shape[axis] ?? 0;
  const lines = Array.from({ length }, (_, at) => Math.min(at, length - 1 - at));
  return gatherLines(b, picture, lines, axis);
}

function gatherLines(b: GraphBuilder, value: Value, lines: readonly number[], axis: number): Value {
  return op.gather(b, value, b.constant(int64([lines.length], lines)), axis);
}
