import type { Picture } from '../../contracts/picture.js';

/** Peak signal-to-noise ratio of two pictures of one size, in decibels; 100 where they are equal. */
export function psnr(one: Picture, other: Picture): number {
  let sum = 0;
  for (let index = 0; index < one.pixels.length; index += 1) {
    sum += ((one.pixels[index] ?? 0) - (other.pixels[index] ?? 0)) ** 2;
  }
  return sum === 0 ? 100 : Math.min(100, 10 * Math.log10((255 ** 2 * one.pixels.length) / sum));
}

const RADIUS = 5;
const SIGMA = 1.5;
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

/** A normal window of 11 places, σ 1.5. */
const WINDOW = (() => {
  const weights = Array.from({ length: 2 * RADIUS + 1 }, (_, index) =>
    Math.exp(-((index - RADIUS) ** 2) / (2 * SIGMA ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight);
  return weights.map((weight) => weight / total);
})();

/**
 * Structural similarity (Wang et al. 2004) of two pictures of one size, at least 11 pixels a side: the mean over the windows
 * that lie wholly inside, and over the channels.
 */
export function ssim(one: Picture, other: Picture): number {
  const { width, height } = one;
  let sum = 0;
  let count = 0;
  for (let channel = 0; channel < 3; channel += 1) {
    const [x, y] = [one, other].map(({ pixels }) =>
      Float64Array.from({ length: width * height }, (_, place) => pixels[place * 3 + channel] ?? 0),
    ) as [Float64Array, Float64Array]; // two in, two out
    const smooth = (values: Float64Array) => blurred(values, width, height);
    const product = (a: Float64Array, b: Float64Array) => a.map((value, index) => value * (b[index] ?? 0));
    const [meanX, meanY] = [smooth(x), smooth(y)];
    const [xx, yy, xy] = [smooth(product(x, x)), smooth(product(y, y)), smooth(product(x, y))];
    for (const [index, mx] of meanX.entries()) {
      const my = meanY[index] ?? 0;
      const [varX, varY] = [(xx[index] ?? 0) - mx * mx, (yy[index] ?? 0) - my * my];
      const covariance = (xy[index] ?? 0) - mx * my;
      sum += ((2 * mx * my + C1) * (2 * covariance + C2)) / ((mx * mx + my * my + C1) * (varX + varY + C2));
      count += 1;
    }
  }
  return sum / count;
}

/** Windowed means, rows then columns, of places whose window lies inside. */
function blurred(values: Float64Array, width: number, height: number): Float64Array {
  const inner = width - 2 * RADIUS;
  const rows = new Float64Array(inner * height);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < inner; column += 1) {
      let sum = 0;
      for (const [offset, weight] of WINDOW.entries())
        sum += weight * (values[row * width + column + offset] ?? 0);
      rows[row * inner + column] = sum;
    }
  }
  const both = new Float64Array(inner * (height - 2 * RADIUS));
  for (let place = 0; place < both.length; place += 1) {
    let sum = 0;
    for (const [offset, weight] of WINDOW.entries()) sum += weight * (rows[place + offset * inner] ?? 0);
    both[place] = sum;
  }
  return both;
}

/** How many different codes there are, and e to their entropy: as many codes of equal use would say as much. */
export function codeUse(indices: readonly number[]): { readonly used: number; readonly perplexity: number } {
  const counts = new Map<number, number>();
  for (const index of indices) counts.set(index, (counts.get(index) ?? 0) + 1);
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / indices.length) * Math.log(count / indices.length);
  return { used: counts.size, perplexity: Math.exp(entropy) };
}
