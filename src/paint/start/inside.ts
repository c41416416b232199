import type { Picture } from '../../contracts/picture.js';
import type { Grid } from '../latent/codes.js';
import { coverPlanes } from '../latent/resize-picture.js';

/** How much of a cell has to be painted for its beginning to count. */
const SHARE = 0.25;

/** The smallest rectangle of a grid around the cells that are painted. */
export interface Region extends Grid {
  readonly top: number;
  readonly left: number;
}

/** Where on a grid a mask lets painting happen; the whole grid where it is nowhere white enough. */
export function regionOf(mask: Picture, { rows, columns }: Grid): Region {
  const shares = coverPlanes(mask, columns, rows).subarray(0, rows * columns);
  const painted = Array.from(shares, (share) => share >= SHARE);
  const places = painted.flatMap((is, at) => (is ? [[Math.floor(at / columns), at % columns] as const] : []));
  if (places.length === 0) return { top: 0, left: 0, rows, columns };
  const [ys, xs] = [places.map(([row]) => row), places.map(([, column]) => column)];
  const [top, left] = [Math.min(...ys), Math.min(...xs)];
  return { top, left, rows: Math.max(...ys) - top + 1, columns: Math.max(...xs) - left + 1 };
}

/** How far a colour may be from what surrounds a drawing, in 0…1, and how much further it must be to stand by itself. */
const GROUND = { near: 0.07, far: 0.12, even: 0.08 } as const;
/** The share of a side over which a drawing without an even ground fades out. */
const FADE = 0.2;

/**
 * How much of every pixel belongs to what is drawn, 0…1: what differs from the even ground around it; where the ground is not
 * even, all but the fading edge.
 */
export function cutOut({ width, height, pixels }: Picture): Float32Array {
  const at = (index: number, channel: number) => (pixels[3 * index + channel] ?? 0) / 255;
  const edge: number[] = [];
  for (let index = 0; index < width * height; index += 1) {
    const [x, y] = [index % width, Math.floor(index / width)];
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) edge.push(index);
  }
  const ground = [0, 1, 2].map(
    (channel) => edge.reduce((sum, index) => sum + at(index, channel), 0) / edge.length,
  );
  const apart = (index: number) =>
    Math.max(...ground.map((mean, channel) => Math.abs(at(index, channel) - mean)));
  const unevenness = edge.reduce((sum, index) => sum + apart(index), 0) / edge.length;
  return Float32Array.from({ length: width * height }, (_, index) => {
    if (unevenness < GROUND.even) return inUnit((apart(index) - GROUND.near) / GROUND.far);
    const [x, y] = [index % width, Math.floor(index / width)];
    const margin = (place: number, length: number) => Math.min(place + 0.5, length - place - 0.5) / length;
    return inUnit(Math.min(margin(x, width), margin(y, height)) / FADE);
  });
}

/** A picture with what another one shows, cut out, from a corner on. */
export function pastedOver(
  picture: Picture,
  drawing: Picture,
  { left, top }: { readonly left: number; readonly top: number },
): Picture {
  const shares = cutOut(drawing);
  const pixels = Uint8Array.from(picture.pixels);
  for (const [index, share] of shares.entries()) {
    const to =
      3 * ((top + Math.floor(index / drawing.width)) * picture.width + left + (index % drawing.width));
    for (let channel = 0; channel < 3; channel += 1) {
      const [under, over] = [pixels[to + channel] ?? 0, drawing.pixels[3 * index + channel] ?? 0];
      pixels[to + channel] = Math.round(under + share * (over - under));
    }
  }
  return { ...picture, pixels };
}

const inUnit = (value: number) => Math.min(1, Math.max(0, value));
