import type { Picture } from '../../contracts/picture.js';
import type { Grid } from './codes.js';

/**
 * A picture as planes [3, height, width] in 0…1, cut to the wanted shape around its centre and resampled with a triangle
 * filter that is widened when shrinking; nothing is squashed.
 */
export function coverPlanes(picture: Picture, width: number, height: number): Float32Array {
  const scale = Math.min(picture.width / width, picture.height / height);
  const columns = axisWeights({ source: picture.width, target: width, scale });
  const rows = axisWeights({ source: picture.height, target: height, scale });
  const narrowed = new Float32Array(3 * picture.height * width);
  for (let y = 0; y < picture.height; y += 1) {
    columns.forEach(({ first, weights }, x) => {
      for (let channel = 0; channel < 3; channel += 1) {
        let sum = 0;
        for (const [offset, weight] of weights.entries()) {
          sum += weight * (picture.pixels[(y * picture.width + first + offset) * 3 + channel] ?? 0);
        }
        narrowed[(channel * picture.height + y) * width + x] = sum / 255;
      }
    });
  }
  const planes = new Float32Array(3 * height * width);
  for (let channel = 0; channel < 3; channel += 1) {
    rows.forEach(({ first, weights }, y) => {
      for (let x = 0; x < width; x += 1) {
        let sum = 0;
        for (const [offset, weight] of weights.entries()) {
          sum += weight * (narrowed[(channel * picture.height + first + offset) * width + x] ?? 0);
        }
        planes[(channel * height + y) * width + x] = sum;
      }
    });
  }
  return planes;
}

/** Planes [3, height, width] in 0…1 as a picture; values outside are clamped. */
export function pictureFromPlanes(planes: ArrayLike<number>, width: number, height: number): Picture {
  const size = width * height;
  const pixels = new Uint8Array(size * 3);
  for (let index = 0; index < size; index += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      const value = planes[channel * size + index] ?? 0;
      pixels[index * 3 + channel] = Math.round(255 * Math.min(1, Math.max(0, value)));
    }
  }
  return { width, height, pixels };
}

/** The picture in the middle of one of the wanted shape, nothing cut or scaled; what lies beyond it repeats the edge. */
export function extendToShape(picture: Picture, shape: Grid): Picture {
  const ratio = shape.columns / shape.rows;
  const width = Math.max(picture.width, Math.round(picture.height * ratio));
  const height = Math.max(picture.height, Math.round(picture.width / ratio));
  const [left, top] = [Math.floor((width - picture.width) / 2), Math.floor((height - picture.height) / 2)];
  const pixels = new Uint8Array(width * height * 3);
  for (let index = 0; index < width * height; index += 1) {
    const x = Math.min(picture.width - 1, Math.max(0, (index % width) - left));
    const y = Math.min(picture.height - 1, Math.max(0, Math.floor(index / width) - top));
    const from = (y * picture.width + x) * 3;
    pixels.set(picture.pixels.subarray(from, from + 3), index * 3);
  }
  return { width, height, pixels };
}

interface Tap {
  /** The first source pixel with weight, and the weights from there on; they sum to 1. */
  readonly first: number;
  readonly weights: readonly number[];
}

function axisWeights({
  source,
  target,
  scale,
}: {
  readonly source: number;
  readonly target: number;
  readonly scale: number;
}): readonly Tap[] {
  const start = (source - target * scale) / 2;
  const support = Math.max(scale, 1);
  return Array.from({ length: target }, (_, index) => {
    const centre = start + (index + 0.5) * scale;
    const first = Math.max(0, Math.ceil(centre - support - 0.5));
    const last = Math.min(source - 1, Math.floor(centre + support - 0.5));
    const raw = Array.from({ length: last - first + 1 }, (_, offset) =>
      Math.max(0, 1 - Math.abs(first + offset + 0.5 - centre) / support),
    );
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return { first, weights: raw.map((weight) => weight / sum) };
  });
}
