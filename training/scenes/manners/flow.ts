import { luma } from '../colour.js';
import { createNoise, fractal } from '../noise.js';
import { blurred, colourAt, type Raster } from '../raster.js';
import type { Random } from '../../../src/paint/random.js';

/** The direction of brush strokes at a pixel, radians. */
export type Flow = (x: number, y: number) => number;

/**
 * Along the picture's own edges where it has some (the smoothed structure tensor's smaller eigenvector, as in Kyprianidis
 * and Döllner 2008), in wide curls of noise where it is flat; `curl` 0…1 lets the curls win.
 */
export function createFlow(raster: Raster, random: Random, curl: number): Flow {
  const { width, height } = raster;
  const noise = createNoise(random);
  const light = (x: number, y: number) => luma(colourAt(smooth, x, y));
  const smooth = blurred(raster, 2);
  const tensor = new Float32Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [u, v] = [light(x + 1, y) - light(x - 1, y), light(x, y + 1) - light(x, y - 1)];
      tensor.set([u * u, u * v, v * v], (y * width + x) * 3);
    }
  }
  const structure = blurred({ width, height, data: tensor }, 6);
  const shift = random.uniform() * 100;
  return (x, y) => {
    const [xx, xy, yy] = colourAt(structure, x, y);
    const along = 0.5 * Math.atan2(2 * xy, xx - yy) + Math.PI / 2;
    const strength = Math.sqrt((xx - yy) ** 2 + 4 * xy * xy);
    const swirl = 2 * Math.PI * fractal(noise, (2.2 * x) / width + shift, (2.2 * y) / height, 2) * 1.6;
    const trust = (strength / (strength + 0.0006)) * (1 - curl);
    // Directions without a sign are averaged as twice their angle.
    const sum = [
      trust * Math.cos(2 * along) + (1 - trust) * Math.cos(2 * swirl),
      trust * Math.sin(2 * along) + (1 - trust) * Math.sin(2 * swirl),
    ];
    return 0.5 * Math.atan2(sum[1] ?? 0, sum[0] ?? 1);
  };
}
