import type { Picture } from '../contracts/picture.js';

/** A square of a picture: where its middle, which counts, begins. */
export interface Tile {
  readonly left: number;
  readonly top: number;
}

/** Where tiles with middles of `core` pixels must begin to cover a picture. */
export function tilesOf({ width, height }: Pick<Picture, 'width' | 'height'>, core: number): Tile[] {
  const tiles: Tile[] = [];
  for (let top = 0; top < height; top += core) {
    for (let left = 0; left < width; left += core) tiles.push({ left, top });
  }
  return tiles;
}

/**
 * A tile with `margin` pixels around its middle of `core`, as planes [3, side, side] in 0…255; beyond the picture its edge
 * goes on.
 */
export function cutTile(
  { width, height, pixels }: Picture,
  { left, top }: Tile,
  { core, margin }: { readonly core: number; readonly margin: number },
): Float32Array {
  const side = core + 2 * margin;
  const planes = new Float32Array(3 * side * side);
  for (let y = 0; y < side; y += 1) {
    const row = width * Math.min(Math.max(top + y - margin, 0), height - 1);
    for (let x = 0; x < side; x += 1) {
      const from = 3 * (row + Math.min(Math.max(left + x - margin, 0), width - 1));
      for (let c = 0; c < 3; c += 1) planes[(c * side + y) * side + x] = pixels[from + c] ?? 0;
    }
  }
  return planes;
}

/** Puts the middle of an enlarged tile into the enlarged picture. */
export function pasteTile(
  picture: Picture,
  { left, top }: Tile,
  {
    planes,
    core,
    margin,
    factor,
  }: {
    readonly planes: ArrayLike<number>;
    readonly core: number;
    readonly margin: number;
    readonly factor: number;
  },
): void {
  const side = (core + 2 * margin) * factor;
  const width = Math.min(core * factor, picture.width - left * factor);
  const height = Math.min(core * factor, picture.height - top * factor);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const to = 3 * ((top * factor + y) * picture.width + left * factor + x);
      const from = (margin * factor + y) * side + margin * factor + x;
      for (let c = 0; c < 3; c += 1) {
        picture.pixels[to + c] = Math.round(planes[c * side * side + from] ?? 0);
      }
    }
  }
}
