import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Random } from '../../src/paint/random.js';
import type { Rgb } from './colour.js';
import type { Light } from './light.js';
import type { Noise } from './noise.js';

/** Pixels a side while painting; pictures are made smaller at the end, which smooths their edges. */
export const SIDE = 192;

/** What a scene is painted with. Lengths are shares of the side, y grows downwards. */
export interface Easel {
  readonly canvas: Canvas;
  readonly ctx: SKRSContext2D;
  readonly random: Random;
  readonly noise: Noise;
  readonly light: Light;
  /** Where sky and land meet. */
  readonly horizon: number;
}

/** Uniform between two numbers. */
export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.uniform();
}

export function oneOf<T>(random: Random, values: readonly [T, ...T[]]): T {
  return values[random.integer(values.length)] ?? values[0];
}

/** A colour and an opacity for a pixel, or nothing; x and y are shares of the side. */
export type Shader = (x: number, y: number) => readonly [Rgb, number] | undefined;

/** Lays a layer over the picture that is computed pixel by pixel, from `top` to `bottom`. */
export function shade({ ctx }: Pick<Easel, 'ctx'>, shader: Shader, top = 0, bottom = 1): void {
  const first = Math.max(0, Math.floor(top * SIDE));
  const rows = Math.min(SIDE, Math.ceil(bottom * SIDE)) - first;
  if (rows <= 0) return;
  const layer = createCanvas(SIDE, rows);
  const context = layer.getContext('2d');
  const image = context.createImageData(SIDE, rows);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < SIDE; column += 1) {
      const pixel = shader((column + 0.5) / SIDE, (first + row + 0.5) / SIDE);
      if (!pixel) continue;
      const [[r, g, b], alpha] = pixel;
      image.data.set([r * 255, g * 255, b * 255, alpha * 255], (row * SIDE + column) * 4); // clamped by its type
    }
  }
  context.putImageData(image, 0, 0);
  ctx.drawImage(layer, 0, first);
}

/** Fills a shape whose corners are shares of the side. */
export function fill(
  { ctx }: Pick<Easel, 'ctx'>,
  points: readonly (readonly [number, number])[],
  style: string,
): void {
  ctx.fillStyle = style;
  ctx.beginPath();
  for (const [x, y] of points) ctx.lineTo(x * SIDE, y * SIDE);
  ctx.closePath();
  ctx.fill();
}

export function box(
  { ctx }: Pick<Easel, 'ctx'>,
  [x, y, width, height]: readonly [number, number, number, number],
  style: string,
): void {
  ctx.fillStyle = style;
  ctx.fillRect(x * SIDE, y * SIDE, width * SIDE, height * SIDE);
}

export function disc(
  { ctx }: Pick<Easel, 'ctx'>,
  [x, y, radius]: readonly [number, number, number],
  style: string,
): void {
  ctx.fillStyle = style;
  ctx.beginPath();
  ctx.arc(x * SIDE, y * SIDE, radius * SIDE, 0, 2 * Math.PI);
  ctx.fill();
}

export function line(
  { ctx }: Pick<Easel, 'ctx'>,
  points: readonly (readonly [number, number])[],
  { style, width }: { readonly style: string; readonly width: number },
): void {
  ctx.strokeStyle = style;
  ctx.lineWidth = width * SIDE;
  ctx.lineCap = 'round';
  ctx.beginPath();
  for (const [x, y] of points) ctx.lineTo(x * SIDE, y * SIDE);
  ctx.stroke();
}

/** A soft round light that brightens what is there. */
export function glow(
  { ctx }: Pick<Easel, 'ctx'>,
  [x, y, radius]: readonly [number, number, number],
  [from, to]: readonly [string, string],
): void {
  const gradient = ctx.createRadialGradient(x * SIDE, y * SIDE, 0, x * SIDE, y * SIDE, radius * SIDE);
  gradient.addColorStop(0, from);
  gradient.addColorStop(1, to);
  ctx.globalCompositeOperation = 'lighter';
  ctx.fillStyle = gradient;
  ctx.fillRect((x - radius) * SIDE, (y - radius) * SIDE, 2 * radius * SIDE, 2 * radius * SIDE);
  ctx.globalCompositeOperation = 'source-over';
}
