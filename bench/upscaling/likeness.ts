import type { Picture } from '../../src/contracts/picture.js';

/** Pixels along a side of SSIM's windows, and from one window to the next. */
const [WINDOW, STRIDE] = [8, 4];
/** SSIM's guards against division by small numbers, for values of 0…255. */
const [C1, C2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];

/** Peak signal to noise over all channels, in dB: 10·log₁₀(255² / mean squared error). */
export function psnr(one: Picture, other: Picture): number {
  const squares = one.pixels.reduce((sum, value, at) => sum + (value - (other.pixels[at] ?? 0)) ** 2, 0);
  return 10 * Math.log10((255 * 255 * one.pixels.length) / squares);
}

/** Structural similarity of the brightness (Wang et al. 2004), the mean over windows without weights. */
export function ssim(one: Picture, other: Picture): number {
  const [x, y] = [brightness(one), brightness(other)];
  const values: number[] = [];
  for (let top = 0; top + WINDOW <= one.height; top += STRIDE) {
    for (let left = 0; left + WINDOW <= one.width; left += STRIDE) {
      const places = Array.from(
        { length: WINDOW * WINDOW },
        (_, at) => (top + Math.floor(at / WINDOW)) * one.width + left + (at % WINDOW),
      );
      const mean = (of: (place: number) => number) =>
        places.reduce((sum, place) => sum + of(place), 0) / places.length;
      const [mx, my] = [mean((at) => x[at] ?? 0), mean((at) => y[at] ?? 0)];
      const vx = mean((at) => ((x[at] ?? 0) - mx) ** 2);
      const vy = mean((at) => ((y[at] ?? 0) - my) ** 2);
      const both = mean((at) => ((x[at] ?? 0) - mx) * ((y[at] ?? 0) - my));
      values.push(((2 * mx * my + C1) * (2 * both + C2)) / ((mx * mx + my * my + C1) * (vx + vy + C2)));
    }
  }
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Rec. 601's luma. */
function brightness({ pixels }: Picture): Float32Array {
  return Float32Array.from(
    { length: pixels.length / 3 },
    (_, at) =>
      0.299 * (pixels[3 * at] ?? 0) + 0.587 * (pixels[3 * at + 1] ?? 0) + 0.114 * (pixels[3 * at + 2] ?? 0),
  );
}
