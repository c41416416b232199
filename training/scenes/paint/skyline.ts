import { css, hex, mix, type Rgb, scaled } from '../colour.js';
import { between, box, type Easel, fill, line, oneOf } from '../easel-canvas.js';
import { seen } from '../light.js';

export const LAMP: Rgb = hex('#ffd37a');

interface Block {
  readonly x: number;
  readonly width: number;
  readonly top: number;
  readonly foot: number;
  readonly distance: number;
  readonly colour: Rgb;
  readonly lamps?: readonly [Rgb, ...Rgb[]];
  /** Share of the windows with a lamp in them. */
  readonly awake: number;
}

/** A building with rows of windows; lit ones where it is dark. */
function paintBlock(
  easel: Easel,
  { x, width, top, foot, distance, colour, lamps = [LAMP], awake }: Block,
): void {
  const { light, random } = easel;
  box(easel, [x, top, width, foot - top], css(seen(colour, light, distance)));
  box(easel, [x, top, width * 0.2, foot - top], css(seen(scaled(colour, 1.25), light, distance)));
  box(
    easel,
    [x + width * 0.86, top, width * 0.14, foot - top],
    css(seen(scaled(colour, 0.7), light, distance)),
  );
  const cell = 0.019 + 0.012 * (1 - distance);
  for (let wy = top + cell; wy < foot - cell; wy += cell * 1.25) {
    for (let wx = x + cell * 0.6; wx < x + width - cell * 0.9; wx += cell) {
      const isLit = light.isDark && random.uniform() < awake;
      const pane = isLit
        ? mix(oneOf(random, lamps), light.haze, distance * 0.45)
        : seen(scaled(colour, light.isDark ? 0.55 : 0.66), light, distance);
      box(easel, [wx, wy, cell * 0.5, cell * 0.66], css(pane));
    }
  }
}

/** Towers in three rows against the sky. */
export function paintSkyline(easel: Easel, foot = easel.horizon): void {
  const { random } = easel;
  for (const [row, distance] of [0.8, 0.5, 0.15].entries()) {
    const colour = oneOf(random, [hex('#8792a6'), hex('#7d7f92'), hex('#94877f')]);
    for (let x = between(random, -0.06, 0); x < 1; ) {
      const width = between(random, 0.055, 0.12);
      const middle = 1 - 1.5 * Math.abs(x + width / 2 - 0.5) ** 1.3;
      const tall = (0.12 + 0.33 * random.uniform() ** 1.5) * (0.45 + 0.75 * middle) * (1.12 - 0.2 * row);
      const top = foot - tall;
      if (random.uniform() < 0.35)
        line(
          easel,
          [
            [x + width / 2, top],
            [x + width / 2, top - 0.05],
          ],
          { style: css(seen(colour, easel.light, distance)), width: 0.006 },
        );
      if (random.uniform() < 0.25)
        fill(
          easel,
          [
            [x, top],
            [x + width / 2, top - 0.05],
            [x + width, top],
          ],
          css(seen(colour, easel.light, distance)),
        );
      paintBlock(easel, {
        x,
        width,
        top,
        foot: foot + 0.02 * row,
        distance,
        colour: scaled(colour, between(random, 0.8, 1.15)),
        awake: 0.5,
      });
      x += width + between(random, -0.01, 0.012);
    }
  }
}
