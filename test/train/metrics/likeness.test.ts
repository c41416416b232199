import { describe, expect, it } from 'vitest';
import type { Picture } from '../../../src/contracts/picture.js';
import { codeUse, psnr, ssim } from '../../../src/train/metrics/likeness.js';

const [width, height] = [16, 14];
const length = width * height * 3;
const picture = (value: (index: number) => number): Picture => ({
  ...{ width, height },
  pixels: Uint8Array.from({ length }, (_, index) => Math.min(255, Math.max(0, value(index)))),
});
const one = picture((index) => Math.imul(index, 2_654_435_761) >>> 24);
const other = picture((index) => (one.pixels[index] ?? 0) + ((Math.imul(index, 40_503) & 0xffff) % 61) - 30);

describe('the likeness of pictures', () => {
  it("is scikit-image's PSNR and SSIM (normal window, σ 1.5, K 0.01 and 0.03)", () => {
    expect(psnr(one, other)).toBeCloseTo(23.532617225533322, 9);
    expect(ssim(one, other)).toBeCloseTo(0.9741665230704711, 9);
  });

  it('is the largest of a picture with itself, whatever the order', () => {
    expect(psnr(one, one)).toBe(100);
    expect(ssim(one, one)).toBeCloseTo(1, 12);
    expect(ssim(other, one)).toBeCloseTo(ssim(one, other), 12);
  });
});

describe('the use of codes', () => {
  it('counts codes, and as many of equal use as would say as much', () => {
    expect(codeUse([3, 3, 7, 7])).toEqual({ used: 2, perplexity: 2 });
    const { used, perplexity } = codeUse([1, 1, 1, 2]);
    expect(used).toBe(2);
    expect(perplexity).toBeCloseTo(4 / 27 ** 0.25, 12);
  });
});
