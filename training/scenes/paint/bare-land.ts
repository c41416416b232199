import { css, hex, mix, type Rgb, scaled, smoothstep } from '../colour.js';
import { between, type Easel, fill, line, shade } from '../easel-canvas.js';
import { seen } from '../light.js';
import { fractal, ridged } from '../noise.js';
import { paintGround } from './ground.js';

/** Dunes: smooth crests, one side in the light. */
export function paintDunes(easel: Easel): void {
  const { noise, light, random, horizon } = easel;
  const sand = hex('#e2b36a');
  for (const [index, base] of [0.02, 0.12, 0.26, 0.46].entries()) {
    const shift = random.uniform() * 100;
    const distance = 0.8 - 0.26 * index;
    const top = (x: number) =>
      horizon +
      base * (1 - horizon) * 1.7 -
      (0.05 + 0.05 * index) *
        (2 * Math.abs(fractal(noise, x * (1.9 - 0.25 * index) + shift, 1, 2) - 0.5) * -2 + 1);
    shade(
      easel,
      (x, y) => {
        const crest = top(x);
        if (y < crest) return undefined;
        const slope = (top(x + 0.01) - top(x - 0.01)) / 0.02;
        const down = (y - crest) / 0.22;
        const lit = smoothstep(
          -0.5,
          0.5,
          slope + 0.7 * (fractal(noise, x * 3 + shift + down, y * 3, 2) - 0.5),
        );
        const ripples =
          0.045 * Math.sin((y * 130 + x * 30 + 5 * noise(x * 6, y * 6)) * (1.2 - distance)) * (1 - distance);
        const colour = mix(scaled(sand, 0.56), scaled(sand, 1.1), lit * (1 - 0.35 * Math.min(1, down)));
        return [seen(scaled(colour, 1 + ripples), light, distance), 1];
      },
      horizon - 0.2,
    );
  }
}

/** Walls of a canyon to both sides, in bands of rock. */
export function paintCanyon(easel: Easel): void {
  const { noise, light, random, horizon } = easel;
  paintGround(easel, { near: hex('#a5623a'), far: hex('#c98a58'), contrast: 0.6 });
  const bands: readonly Rgb[] = [hex('#b5532e'), hex('#d98850'), hex('#8e3f2b'), hex('#e6a86c')];
  for (const [index, distance] of [0.75, 0.45, 0.1].entries()) {
    for (const side of [-1, 1]) {
      const shift = random.uniform() * 100;
      const reach = 0.42 - 0.13 * index;
      const top = horizon - 0.1 - 0.13 * index;
      shade(easel, (x, y) => {
        const inward = side < 0 ? x : 1 - x;
        const edge =
          reach +
          0.11 * (fractal(noise, y * 7 + shift, side, 3) - 0.5) -
          0.14 * smoothstep(0.9, top, y) -
          0.02;
        const height =
          top +
          0.07 * (Math.round(3 * fractal(noise, x * 5 + shift, 2, 3)) / 3 - 0.4) +
          Math.max(0, inward - edge + 0.03) * 2;
        const foot = horizon + 0.05 + 0.13 * index + 0.04 * noise(x * 7 + shift, 4);
        if (inward > edge || y < height || y > foot) return undefined;
        const layer = (y * 17 + 0.6 * noise(x * 4 + shift, y * 2)) % bands.length;
        const rock = mix(
          bands[Math.floor(layer)] ?? sandstone,
          bands[(Math.floor(layer) + 1) % bands.length] ?? sandstone,
          smoothstep(0.6, 1, layer % 1),
        );
        const cracks = 0.7 + 0.5 * ridged(noise, x * 13 + shift, y * 2.2, 3);
        return [seen(scaled(rock, cracks * (inward > edge - 0.02 ? 1.15 : 0.92)), light, distance), 1];
      });
    }
  }
}

const sandstone = hex('#c98a58');

/** A cone with a burning crater, smoke above it and lava down its side. */
export function paintVolcano(easel: Easel): void {
  const { noise, light, random, horizon } = easel;
  const [middle, top, foot] = [between(random, 0.4, 0.6), horizon - 0.36, horizon + 0.03];
  const shift = random.uniform() * 100;
  shade(
    easel,
    (x, y) => {
      const up = (top - y) / top;
      const drift = middle + 0.35 * up * up + 0.12 * (fractal(noise, y * 4 + shift, 1, 3) - 0.5);
      const wide = 0.035 + 0.3 * Math.max(0, up);
      const mass = fractal(noise, x * 7 + shift, y * 7, 4);
      const dense =
        smoothstep(wide, wide * 0.4, Math.abs(x - drift) + 0.16 * (mass - 0.5)) * smoothstep(1.05, 0.7, up);
      if (dense <= 0.01) return undefined;
      const glowing = smoothstep(0.35, 0, up) * 0.85;
      return [
        mix(mix(hex('#2d2a30'), hex('#7b7478'), mass), hex('#ff7a2a'), glowing * mass * 1.4),
        dense * 0.95,
      ];
    },
    0,
    top + 0.02,
  );
  const rock = hex('#4a3d3e');
  const half = (y: number) => 0.045 + 0.42 * ((y - top) / (foot - top)) ** 1.35;
  shade(
    easel,
    (x, y) => {
      const across = (x - middle) / half(y);
      if (y < top + 0.012 * noise(x * 40, 1) || Math.abs(across) > 1 + 0.06 * (noise(y * 30, x * 10) - 0.5))
        return undefined;
      const folds = ridged(noise, across * 4 + shift, y * 4, 4);
      return [seen(scaled(rock, (across < 0 ? 1.2 : 0.62) * (0.6 + 0.8 * folds)), light, 0.25), 1];
    },
    top,
    foot,
  );
  for (const lean of [-0.3, 0.12, 0.5]) {
    const path = Array.from({ length: 14 }, (_, step): [number, number] => {
      const y = top + 0.01 + ((foot - top) * step) / 15;
      return [middle + lean * half(y) + 0.02 * (noise(y * 20, lean * 9) - 0.5), y];
    });
    line(easel, path, { style: css(hex('#d93a12')), width: 0.016 });
    line(easel, path, { style: css(hex('#ffb347')), width: 0.007 });
  }
  fill(
    easel,
    [
      [middle - 0.045, top + 0.008],
      [middle, top - 0.006],
      [middle + 0.045, top + 0.008],
      [middle, top + 0.018],
    ],
    css(hex('#ffd27a')),
  );
}
