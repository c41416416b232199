import type { Random } from '../../../src/paint/random.js';
import { along, hex, luma, mix, type Rgb, scaled, smoothstep } from '../colour.js';
import { createNoise, fractal } from '../noise.js';
import { blurred, colourAt, mapped, type Raster } from '../raster.js';
import { edgesOf } from './edges.js';
import { saturated } from './strokes.js';

/** Colours of old pigments on paper. */
const PIGMENTS = [
  hex('#f2e6cc'), hex('#e2c99a'), hex('#d8a05a'), hex('#c2573c'), hex('#8f3a34'), hex('#1f3f66'), hex('#3f6f92'), hex('#8fb0b8'),
  hex('#c4d0c0'), hex('#5f7a52'), hex('#33503f'), hex('#2a2a30'), hex('#7a6a5a'), hex('#e8b0a0'), hex('#5a4a6a'), hex('#f5f0e4'),
] as const satisfies readonly Rgb[]; // biome-ignore format: a palette reads as one block

/** Flats of few pigments with outlines, on paper with the grain of the block. */
export function paintWoodblock(raster: Raster, random: Random): Raster {
  const noise = createNoise(random);
  const soft = blurred(blurred(raster, 2), 2);
  const edge = edgesOf(raster, 2, [0.22, 0.5]);
  return mapped(soft, (colour, x, y) => {
    let [best, least] = [PIGMENTS[0] as Rgb, Number.POSITIVE_INFINITY];
    for (const pigment of PIGMENTS) {
      const far =
        2 * (pigment[0] - colour[0]) ** 2 +
        4 * (pigment[1] - colour[1]) ** 2 +
        3 * (pigment[2] - colour[2]) ** 2;
      if (far < least) [best, least] = [pigment, far];
    }
    const grain = fractal(noise, x / 40, y / 1.6, 2);
    const flat = mix(best, colour, 0.16);
    return mix(scaled(flat, 0.93 + 0.12 * grain), [0.1, 0.11, 0.16], edge(x, y) * 0.88);
  });
}

/** Night and neon: every tone on a line from deep blue over magenta to yellow, with the lines of a screen. */
export function paintSynthwave(raster: Raster, _random: Random): Raster {
  const { width: side } = raster;
  const tones: readonly (readonly [number, Rgb])[] = [
    [0, hex('#0b0630')], [0.25, hex('#3a0f75')], [0.45, hex('#c01fa0')], [0.62, hex('#ff4f8a')], [0.8, hex('#ff9a4a')], [1, hex('#fff27a')],
  ]; // biome-ignore format: stops read as one line
  const soft = blurred(raster, 4);
  const edge = edgesOf(raster, 1, [0.3, 0.9]);
  return mapped(raster, (colour, x, y) => {
    const tone = along(tones, Math.min(1, luma(colour) * 0.9 + 0.25 * luma(colourAt(soft, x, y))));
    const lit = mix(tone, [0.1, 0.95, 1], edge(x, y) * 0.7);
    const cool = mix(lit, [0.1, 0.6, 1], 0.22 * smoothstep(0.06, 0.3, colour[2] - colour[0]));
    return scaled(cool, Math.floor((y * 32) / side) % 2 === 0 ? 1.04 : 0.84);
  });
}

/** Bright flats, black outlines, and dots where it is half dark. */
export function paintComic(raster: Raster, _random: Random): Raster {
  const { width: side } = raster;
  const soft = blurred(raster, 2);
  const edge = edgesOf(raster, 1, [0.26, 0.6]);
  const pitch = side / 22;
  return mapped(soft, (colour, x, y) => {
    const bright = saturated(colour, 1.8);
    const level = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 3) / 3;
    const flat: Rgb = [level(bright[0]), level(bright[1]), level(bright[2])];
    const [u, v] = [(x + y) / Math.SQRT2 / pitch, (x - y) / Math.SQRT2 / pitch];
    const far = Math.hypot(u - Math.round(u), v - Math.round(v));
    const dot = smoothstep(0.08, -0.06, far - 0.5 * Math.sqrt(Math.max(0, 1 - luma(colour) * 1.25)));
    return mix(mix(mix(flat, [1, 1, 1], 0.25), scaled(flat, 0.62), dot), [0.05, 0.05, 0.07], edge(x, y));
  });
}
