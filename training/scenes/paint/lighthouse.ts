import { css, hex, scaled } from '../colour.js';
import { box, type Easel, fill, glow, shade } from '../easel-canvas.js';
import { seen } from '../light.js';
import { fractal } from '../noise.js';
import { LAMP } from './skyline.js';

/** A lighthouse on its rock; its beam where it is dark. */
export function paintLighthouse(easel: Easel, [x, foot, size]: readonly [number, number, number]): void {
  const { light, noise, random } = easel;
  const shift = random.uniform() * 90;
  shade(
    easel,
    (px, py) => {
      const top = foot - 0.02 + 2.2 * Math.abs(px - x) ** 1.35 - 0.06 * fractal(noise, px * 9 + shift, 3, 3);
      if (py < top) return undefined;
      return [
        seen(
          scaled([0.42, 0.37, 0.34], 0.55 + 0.8 * fractal(noise, px * 13 + shift, py * 13, 3)),
          light,
          0.1,
        ),
        1,
      ];
    },
    foot - 0.1,
    Math.min(1, foot + 0.24),
  );
  const top = foot - size;
  for (let band = 0; band < 6; band += 1) {
    const [from, to] = [band / 6, (band + 1) / 6];
    const half = (share: number) => size * (0.115 - 0.045 * share);
    const colour = band % 2 === 0 ? hex('#c8352b') : hex('#f4f1ea');
    for (const [a, b, bright] of [
      [-1, -0.2, 1.05],
      [-0.2, 0.45, 0.9],
      [0.45, 1, 0.66],
    ] as const) {
      fill(
        easel,
        [
          [x + a * half(from), foot - size * from],
          [x + b * half(from), foot - size * from],
          [x + b * half(to), foot - size * to],
          [x + a * half(to), foot - size * to],
        ],
        css(seen(scaled(colour, bright), light, 0.1)),
      );
    }
  }
  const dark = css(seen([0.22, 0.22, 0.25], light, 0.05));
  box(easel, [x - size * 0.095, top - size * 0.01, size * 0.19, size * 0.03], dark);
  box(
    easel,
    [x - size * 0.05, top - size * 0.11, size * 0.1, size * 0.1],
    light.isDark ? css(LAMP) : css(seen([0.7, 0.8, 0.85], light, 0)),
  );
  fill(
    easel,
    [
      [x - size * 0.075, top - size * 0.11],
      [x, top - size * 0.2],
      [x + size * 0.075, top - size * 0.11],
    ],
    css(seen(hex('#a82c26'), light, 0.05)),
  );
  if (light.isDark) {
    easel.ctx.globalCompositeOperation = 'lighter';
    fill(
      easel,
      [
        [x, top - size * 0.06],
        [x - 0.75, top - 0.2],
        [x - 0.75, top + 0.02],
      ],
      css(LAMP, 0.16),
    );
    fill(
      easel,
      [
        [x, top - size * 0.06],
        [x + 0.75, top - 0.14],
        [x + 0.75, top + 0.06],
      ],
      css(LAMP, 0.16),
    );
    easel.ctx.globalCompositeOperation = 'source-over';
    glow(easel, [x, top - size * 0.06, size * 0.4], [css(LAMP, 0.85), css(LAMP, 0)]);
  }
}
