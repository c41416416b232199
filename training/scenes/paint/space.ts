import { css, hex, mix, type Rgb, scaled, smoothstep } from '../colour.js';
import { between, disc, type Easel, glow, oneOf, shade } from '../easel-canvas.js';
import { fractal, ridged } from '../noise.js';

/** The colours of a nebula: its dark, its body, its bright heart. */
const NEBULAE = [
  [hex('#0a0418'), hex('#7a2a9c'), hex('#ff6ec7')],
  [hex('#020a1c'), hex('#1a5fa8'), hex('#58e6ff')],
  [hex('#120406'), hex('#b03a2e'), hex('#ffc36b')],
  [hex('#03100d'), hex('#1e7a6a'), hex('#b6ff9e')],
] as const satisfies readonly (readonly [Rgb, Rgb, Rgb])[];

/** Stars, and clouds of glowing gas as strong as `gas` (0…1). */
export function paintCosmos(easel: Easel, gas: number): void {
  const { noise, random } = easel;
  const [dark, body, heart] = oneOf(random, NEBULAE);
  const second = oneOf(random, NEBULAE)[1];
  const shift = random.uniform() * 90;
  shade(easel, (x, y) => {
    const [bentX, bentY] = [fractal(noise, x * 2 + shift, y * 2, 4), fractal(noise, x * 2, y * 2 + shift, 4)];
    const mass = fractal(noise, x * 2.6 + 2.4 * bentX + shift, y * 2.6 + 2.4 * bentY, 5);
    const filament = ridged(noise, x * 3 + 1.6 * bentY + shift, y * 3 + bentX, 4);
    const dense = smoothstep(0.36, 0.72, mass) * gas;
    let colour = mix(dark, mix(body, second, smoothstep(0.35, 0.65, bentX)), dense);
    colour = mix(colour, heart, smoothstep(0.5, 0.9, filament) * dense * 0.85);
    return [scaled(colour, 1 - 0.4 * smoothstep(0.5, 0.75, 1 - filament) * dense), 1];
  });
  for (let star = 0; star < 190; star += 1) {
    const bright = random.uniform() ** 4;
    const [x, y] = [random.uniform(), random.uniform()];
    disc(
      easel,
      [x, y, 0.0016 + 0.0045 * bright],
      css(mix([0.75, 0.83, 1], [1, 0.95, 0.8], random.uniform()), 0.45 + 0.55 * bright),
    );
    if (bright > 0.75) glow(easel, [x, y, 0.05], [css([0.8, 0.88, 1], 0.5), css([0.8, 0.88, 1], 0)]);
  }
}

export interface Planet {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly kind: 'banded' | 'rocky' | 'ocean';
  readonly ringed: boolean;
}

/** A ball in the light from the upper left; bands, craters or seas; with a ring if asked. */
export function paintPlanet(easel: Easel, { x, y, radius, kind, ringed }: Planet): void {
  const { noise, random } = easel;
  const shift = random.uniform() * 90;
  const [first, second] = oneOf(random, [
    [hex('#d9a066'), hex('#8f563b')],
    [hex('#7fb2d8'), hex('#2f5f8f')],
    [hex('#c96f4a'), hex('#6f2f2a')],
    [hex('#b7a3d8'), hex('#5f4a8f')],
  ] as const);
  const ring = (px: number, py: number): readonly [Rgb, number] | undefined => {
    const [u, v] = [px - x, py - y];
    const [along, across] = [u * 0.94 + v * 0.34, (v * 0.94 - u * 0.34) * 3.6];
    const far = Math.hypot(along, across) / radius;
    if (!ringed || far < 1.35 || far > 2.1) return undefined;
    return [
      mix([0.88, 0.78, 0.62], [0.5, 0.42, 0.38], noise(far * 24, shift)),
      smoothstep(0.18, 0.42, noise(far * 16, 3)) * 0.9,
    ];
  };
  const isFront = (px: number, py: number) => (py - y) * 0.94 - (px - x) * 0.34 > 0;
  shade(easel, (px, py) => (isFront(px, py) ? undefined : ring(px, py)));
  shade(
    easel,
    (px, py) => {
      const [u, v] = [(px - x) / radius, (py - y) / radius];
      const square = u * u + v * v;
      if (square > 1) return undefined;
      const w = Math.sqrt(1 - square);
      const lit = smoothstep(-0.15, 0.95, -u * 0.55 - v * 0.5 + w * 0.55);
      const turbulence = fractal(noise, u * 2.4 + shift, v * 2.4 + w, 4);
      const banded = 0.5 + 0.5 * Math.sin((v + u * 0.3) * 13 + turbulence * 5);
      const share =
        kind === 'banded'
          ? banded
          : kind === 'rocky'
            ? ridged(noise, u * 3 + shift, v * 3 + w, 4)
            : smoothstep(0.48, 0.56, turbulence);
      const surface =
        kind === 'ocean'
          ? mix(hex('#1f5fae'), mix(hex('#4f9a4a'), hex('#c9b27a'), turbulence), share)
          : mix(first, second, share);
      const clouds =
        kind === 'ocean' ? smoothstep(0.56, 0.72, fractal(noise, u * 3.4 + shift + 9, v * 4.5, 4)) * 0.85 : 0;
      return [
        scaled(mix(surface, [1, 1, 1], clouds), 0.06 + 1.05 * lit),
        smoothstep(1, 0.985, Math.sqrt(square)),
      ];
    },
    y - radius,
    y + radius,
  );
  shade(easel, (px, py) => (isFront(px, py) ? ring(px, py) : undefined));
  glow(easel, [x - radius * 0.3, y - radius * 0.3, radius * 1.6], [css(first, 0.22), css(first, 0)]);
}

/** The ground of a moon with craters, in front of the sky of space. */
export function paintMoonscape(easel: Easel): void {
  const { noise, random, horizon } = easel;
  const shift = random.uniform() * 90;
  const craters = Array.from({ length: 20 }, () => {
    const depth = random.uniform() ** 1.4 * 0.95 + 0.05;
    return { x: between(random, -0.1, 1.1), depth, size: between(random, 0.03, 0.14) };
  });
  shade(
    easel,
    (x, y) => {
      const top = horizon + 0.03 * (fractal(noise, x * 5 + shift, 2, 4) - 0.5);
      if (y < top) return undefined;
      const depth = (y - horizon) / (1 - horizon);
      let bright =
        0.42 +
        0.28 * fractal(noise, ((x - 0.5) / (depth + 0.15)) * 3 + shift, 3 / (depth + 0.15), 4) +
        0.12 * depth;
      for (const crater of craters) {
        const size = crater.size * (0.25 + crater.depth);
        const [u, v] = [(x - crater.x) / size, (depth - crater.depth) / (size * 1.1)];
        const far = Math.hypot(u, v);
        if (far < 1.15) bright += far > 0.85 ? -0.22 * u * smoothstep(1.15, 0.95, far) : 0.2 * u - 0.08;
      }
      return [scaled([0.82, 0.82, 0.86], Math.max(0.08, bright)), 1];
    },
    horizon - 0.03,
  );
}
