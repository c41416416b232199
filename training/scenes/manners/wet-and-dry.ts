import type { Random } from '../../../src/paint/random.js';
import { luma, mix, type Rgb, scaled, smoothstep } from '../colour.js';
import { createNoise, fractal } from '../noise.js';
import { blurred, colourAt, mapped, type Raster } from '../raster.js';
import { edgesOf } from './edges.js';
import { saturated } from './strokes.js';

/** Pale washes that run into each other, darker at their edges, on grained paper that shows at the rim. */
export function paintWatercolour(raster: Raster, random: Random): Raster {
  const { width: side } = raster;
  const noise = createNoise(random);
  const shift = random.uniform() * 90;
  const soft = blurred(raster, 2);
  const wash = mapped(soft, (_, x, y) => {
    const wobble = 7 * (fractal(noise, x / 17 + shift, y / 17, 3) - 0.5);
    return colourAt(soft, x + wobble, y - wobble * 0.8);
  });
  const edge = edgesOf(wash, 1, [0.12, 0.7]);
  return mapped(wash, (colour, x, y) => {
    const bloom = fractal(noise, x / 26 + shift, y / 26, 4);
    const grain = noise(x / 1.7, y / 1.7);
    const pigment = saturated(mix(colour, [1, 0.99, 0.96], 0.26 + 0.34 * bloom), 1.25);
    const wet = scaled(pigment, 1 - 0.42 * edge(x, y) - 0.07 * grain);
    const rim =
      Math.min(x, y, side - 1 - x, side - 1 - y) / side + 0.09 * (fractal(noise, x / 12, y / 12, 3) - 0.5);
    return mix([0.98, 0.97, 0.93], wet, smoothstep(0.0, 0.035, rim));
  });
}

/** Black ink on rice paper: washes of grey, dry dark edges, a red seal. */
export function paintInk(raster: Raster, random: Random): Raster {
  const { width: side } = raster;
  const noise = createNoise(random);
  const edge = edgesOf(raster, 1, [0.2, 0.75]);
  const soft = blurred(raster, 3);
  const [low, high] = toneRange(soft);
  const paper: Rgb = [0.95, 0.925, 0.865];
  const seal = { x: 0.84 * side, y: 0.8 * side, size: 0.075 * side };
  return mapped(soft, (colour, x, y) => {
    const fibre = fractal(noise, x / 3, y / 9, 3);
    const tone = smoothstep(low, high, luma(colour)) + 0.22 * (fractal(noise, x / 15, y / 15, 4) - 0.5);
    const wash = 0.85 * (1 - smoothstep(0.02, 0.8, tone)) ** 1.25;
    const dry = edge(x, y) * smoothstep(0.3, 0.55, fibre + 0.2) * 0.75;
    const ink = Math.min(0.95, Math.max(wash * (0.75 + 0.4 * fibre), dry));
    if (Math.abs(x - seal.x) < seal.size / 2 && Math.abs(y - seal.y) < seal.size / 2) {
      return noise(x / 2.3, y / 2.3) > 0.6 ? paper : [0.75, 0.16, 0.12];
    }
    return mix(scaled(paper, 0.96 + 0.06 * fibre), [0.1, 0.1, 0.12], ink);
  });
}

/** Graphite on white: hatching that grows denser and crosses where it is darker, and outlines. */
export function paintPencil(raster: Raster, random: Random): Raster {
  const noise = createNoise(random);
  const edge = edgesOf(raster, 1, [0.16, 0.7]);
  const soft = blurred(raster, 1);
  const [low, high] = toneRange(soft);
  return mapped(soft, (colour, x, y) => {
    const dark = 1 - smoothstep(low, high, luma(colour));
    const grain = noise(x / 1.3, y / 1.3);
    let lead = edge(x, y) * 0.8;
    for (const [index, [u, v]] of (
      [
        [0.7, 0.72],
        [0.94, -0.34],
        [0.15, 0.99],
      ] as const
    ).entries()) {
      const line = 0.5 + 0.5 * Math.sin(1.05 * (x * u + y * v) + 2.2 * noise(x / 19 + 7 * index, y / 19));
      lead = Math.max(
        lead,
        smoothstep(0.5, 0.95, line) * smoothstep(0.14 + 0.26 * index, 0.5 + 0.26 * index, dark) * 0.78,
      );
    }
    const grey = 0.975 - (lead + 0.16 * dark) * (0.62 + 0.4 * grain);
    return [grey, grey, grey + 0.008];
  });
}

/** Soft coloured chalk on dark paper, rubbed over its grain. */
export function paintChalk(raster: Raster, random: Random): Raster {
  const noise = createNoise(random);
  const soft = blurred(raster, 2);
  const edge = edgesOf(raster, 1, [0.15, 0.6]);
  const [low, high] = toneRange(soft);
  return mapped(soft, (colour, x, y) => {
    const tone = smoothstep(low - 0.05, high, luma(colour));
    const tooth = 0.6 * noise(x / 1.4, y / 1.4) + 0.4 * fractal(noise, (x + y) / 2.2, (x - y) / 9, 2);
    const rubbed = smoothstep(0.68 - 0.62 * tone, 0.86 - 0.5 * tone, tooth);
    const chalk = saturated(mix(colour, [1, 0.98, 0.94], 0.22 + 0.3 * edge(x, y)), 1.35);
    return mix([0.13, 0.14, 0.17], chalk, Math.min(1, rubbed * 0.92));
  });
}

/** The brightness that 4 % and 96 % of the pixels stay under, so that tones fill the whole range. */
function toneRange(raster: Raster): readonly [number, number] {
  const { width, height } = raster;
  const tones = Float32Array.from({ length: width * height }, (_, at) =>
    luma(colourAt(raster, at % width, Math.floor(at / width))),
  ).sort();
  const low = tones[Math.floor(tones.length * 0.04)] ?? 0;
  return [low, Math.max(low + 0.08, tones[Math.floor(tones.length * 0.96)] ?? 1)];
}
