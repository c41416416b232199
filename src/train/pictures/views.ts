import type { Picture } from '../../contracts/picture.js';
import type { Random } from '../../paint/random.js';

/** A square part of a picture, perhaps mirrored. */
export interface View {
  readonly left: number;
  readonly top: number;
  readonly mirrored: boolean;
}

/** The middle of a picture. */
export function middleView({ width, height }: Picture, side: number): View {
  return { left: (width - side) >> 1, top: (height - side) >> 1, mirrored: false };
}

/** A part drawn at random. */
export function randomView(
  { width, height }: Picture,
  side: number,
  { random, flip }: { readonly random: Random; readonly flip: boolean },
): View {
  const [left, top] = [random.integer(width - side + 1), random.integer(height - side + 1)];
  return { left, top, mirrored: random.uniform() < 0.5 && flip };
}

export interface ViewTarget {
  readonly side: number;
  /** A batch [n, 3, side, side] in −1…1. */
  readonly into: Float32Array;
  /** Which of the batch's pictures it becomes. */
  readonly index: number;
}

/** Writes a view of a picture into a batch. */
export function writeView(
  { width, pixels }: Picture,
  { left, top, mirrored }: View,
  { side, into, index }: ViewTarget,
): void {
  const plane = side * side;
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      const from = ((top + row) * width + left + (mirrored ? side - 1 - column : column)) * 3;
      const to = index * 3 * plane + row * side + column;
      for (let channel = 0; channel < 3; channel += 1) {
        into[to + channel * plane] = (pixels[from + channel] ?? 0) / 127.5 - 1;
      }
    }
  }
}

/** A picture of a batch [n, 3, side, side] in −1…1 as bytes. */
export function readView(batch: Float32Array, index: number, side: number): Picture {
  const plane = side * side;
  const pixels = new Uint8Array(plane * 3);
  for (let place = 0; place < plane; place += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      const value = batch[(index * 3 + channel) * plane + place] ?? 0;
      pixels[place * 3 + channel] = Math.round(Math.min(1, Math.max(-1, value)) * 127.5 + 127.5);
    }
  }
  return { width: side, height: side, pixels };
}
