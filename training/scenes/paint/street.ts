import { css, hex, mix, type Rgb, scaled, smoothstep } from '../colour.js';
import { between, box, type Easel, fill, glow, line, oneOf, shade } from '../easel-canvas.js';
import { seen } from '../light.js';
import { fractal } from '../noise.js';
import { LAMP } from './skyline.js';

export const NEON = [
  hex('#ff2d95'),
  hex('#00e5ff'),
  hex('#b14bff'),
  hex('#ffb02e'),
  hex('#35ff8a'),
] as const satisfies readonly Rgb[];

/** A street in one-point perspective between two rows of houses; `neon` fills it with signs and a wet road. */
export function paintStreet(easel: Easel, neon: boolean): void {
  const { random, light, horizon, noise } = easel;
  const vanish = between(random, 0.42, 0.58);
  const shift = random.uniform() * 50;
  const walls: readonly [Rgb, ...Rgb[]] = neon
    ? [hex('#3a3350'), hex('#2d3347'), hex('#45324f')]
    : [hex('#c58a62'), hex('#d8b58a'), hex('#a9705a'), hex('#9fa7a0'), hex('#e0cda5')];
  const signs: { x: number; y: number; colour: Rgb }[] = [];
  for (let depth = 7; depth >= 0; depth -= 1) {
    for (const side of [-1, 1]) {
      const [near, far] = [1.55 / (depth + 1), 1.55 / (depth + 2)];
      const edge = (reach: number) => vanish + side * 0.36 * reach;
      const height = between(random, 0.42, 0.75) * (neon ? 1.25 : 1);
      const colour = oneOf(random, walls);
      const distance = 0.1 + depth * 0.1;
      const [topNear, topFar] = [horizon - height * near, horizon - height * far];
      const [footNear, footFar] = [horizon + 0.24 * near, horizon + 0.24 * far];
      const body = seen(scaled(colour, side < 0 ? 0.78 : 1.05), light, distance);
      fill(
        easel,
        [
          [edge(near), topNear],
          [edge(far), topFar],
          [edge(far), footFar],
          [edge(near), footNear],
        ],
        css(body),
      );
      for (let floor = 0.12; floor < 0.92; floor += 0.13) {
        for (const [from, to] of [
          [0.14, 0.4],
          [0.6, 0.86],
        ] as const) {
          const at = (share: number) => 1.55 / (depth + 1 + share);
          const level = (reach: number, up: number) => horizon + 0.24 * reach - (height + 0.24) * reach * up;
          const isLit = light.isDark && random.uniform() < (neon ? 0.6 : 0.5);
          const pane = isLit ? (neon ? mix(oneOf(random, [...NEON]), LAMP, 0.4) : LAMP) : scaled(body, 0.6);
          fill(
            easel,
            [
              [edge(at(from)), level(at(from), floor)],
              [edge(at(to)), level(at(to), floor)],
              [edge(at(to)), level(at(to), floor + 0.075)],
              [edge(at(from)), level(at(from), floor + 0.075)],
            ],
            css(mix(pane, light.haze, distance * 0.35)),
          );
        }
      }
      if (neon) {
        const reach = (near + far) / 2;
        const hue = oneOf(random, [...NEON]);
        const [x, tall] = [edge(reach) - side * 0.05 * reach, between(random, 0.12, 0.3) * reach];
        const y = horizon - height * reach * between(random, 0.25, 0.75);
        box(easel, [x - 0.02 * reach, y, 0.045 * reach, tall], css(scaled(hue, 0.9)));
        for (let mark = 0.1; mark < 0.9; mark += 0.2)
          box(
            easel,
            [x - 0.008 * reach, y + tall * mark, 0.02 * reach, tall * 0.1],
            css(mix(hue, [1, 1, 1], 0.75)),
          );
        glow(easel, [x, y + tall / 2, tall * 1.2], [css(hue, 0.42), css(hue, 0)]);
        signs.push({ x, y, colour: hue });
      }
    }
  }
  shade(
    easel,
    (x, y) => {
      const depth = (y - horizon) / (1 - horizon);
      const across = (x - vanish) / (0.012 + 1.5 * (y - horizon));
      if (Math.abs(across) > 1.2) return undefined;
      const isKerb = Math.abs(across) > 0.74;
      const grain = fractal(noise, across * 6 + shift, 6 / (depth + 0.1), 3);
      let colour = scaled(isKerb ? hex('#a8a39a') : hex('#5f6168'), 0.75 + 0.5 * grain);
      if (!neon && Math.abs(across) < 0.025 && (1.2 / (depth + 0.12)) % 1 < 0.5) colour = hex('#e8e3d0');
      let tint = seen(colour, light, (1 - depth) ** 3 * 0.7);
      if (neon) {
        tint = scaled(tint, 0.7);
        for (const sign of signs) {
          const strength =
            Math.exp(-(((x - sign.x + 0.05 * (grain - 0.5)) / 0.045) ** 2)) *
            smoothstep(0, 0.25, depth) *
            (0.4 + 0.9 * grain);
          tint = mix(tint, sign.colour, Math.min(0.75, strength * 0.5));
        }
      }
      return [tint, 1];
    },
    horizon,
  );
  if (light.isDark && !neon) {
    for (const reach of [0.4, 0.62, 1]) {
      const x = vanish - 0.3 * reach;
      line(
        easel,
        [
          [x, horizon + 0.24 * reach],
          [x, horizon - 0.2 * reach],
        ],
        { style: '#15151c', width: 0.008 * reach },
      );
      glow(easel, [x, horizon - 0.2 * reach, 0.18 * reach], [css(LAMP, 0.8), css(LAMP, 0)]);
    }
  }
}
