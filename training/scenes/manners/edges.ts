import { luma, smoothstep } from '../colour.js';
import { blurred, colourAt, type Raster } from '../raster.js';

/** How much of an edge there is at a pixel, 0…1 (Sobel's operator on what is left after a blur). */
export function edgesOf(
  raster: Raster,
  radius: number,
  [low, high]: readonly [number, number],
): (x: number, y: number) => number {
  const smooth = blurred(raster, radius);
  const { width, height } = raster;
  const light = Float32Array.from({ length: width * height }, (_, at) =>
    luma(colourAt(smooth, at % width, Math.floor(at / width))),
  );
  const at = (x: number, y: number) =>
    light[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))] ?? 0;
  return (x, y) => {
    const u =
      at(x + 1, y - 1) +
      2 * at(x + 1, y) +
      at(x + 1, y + 1) -
      at(x - 1, y - 1) -
      2 * at(x - 1, y) -
      at(x - 1, y + 1);
    const v =
      at(x - 1, y + 1) +
      2 * at(x, y + 1) +
      at(x + 1, y + 1) -
      at(x - 1, y - 1) -
      2 * at(x, y - 1) -
      at(x + 1, y - 1);
    return smoothstep(low, high, Math.hypot(u, v));
  };
}
