import { css, hex, type Rgb, scaled } from '../colour.js';
import { between, box, type Easel, fill, glow, oneOf } from '../easel-canvas.js';
import { seen } from '../light.js';
import { LAMP } from './skyline.js';

export interface House {
  readonly x: number;
  readonly foot: number;
  readonly size: number;
  readonly distance: number;
}

/** A cottage with a roof, a door, a chimney and windows. */
export function paintHouse(easel: Easel, { x, foot, size, distance }: House): void {
  const { random, light } = easel;
  const wall = oneOf(random, [hex('#f2e3c6'), hex('#e3c79b'), hex('#d9a58a'), hex('#f5efe3')]);
  const roof =
    light.falling === 'snow'
      ? hex('#f4f7fb')
      : oneOf(random, [hex('#a8442f'), hex('#8a4a3a'), hex('#6f5a52'), hex('#54677a')]);
  const [wide, tall] = [size, size * 0.55];
  const at = (colour: Rgb) => css(seen(colour, light, distance));
  box(easel, [x + wide * 0.68, foot - tall * 1.75, wide * 0.1, tall * 0.6], at([0.5, 0.34, 0.3]));
  box(easel, [x, foot - tall, wide, tall], at(wall));
  box(easel, [x + wide * 0.72, foot - tall, wide * 0.28, tall], at(scaled(wall, 0.78)));
  fill(
    easel,
    [
      [x - wide * 0.09, foot - tall],
      [x + wide * 0.22, foot - tall * 1.62],
      [x + wide * 0.84, foot - tall * 1.62],
      [x + wide * 1.09, foot - tall],
    ],
    at(roof),
  );
  fill(
    easel,
    [
      [x + wide * 0.66, foot - tall],
      [x + wide * 0.84, foot - tall * 1.62],
      [x + wide * 1.09, foot - tall],
    ],
    at(scaled(roof, 0.8)),
  );
  box(easel, [x + wide * 0.42, foot - tall * 0.6, wide * 0.16, tall * 0.6], at([0.36, 0.24, 0.18]));
  for (const wx of [0.12, 0.72]) {
    box(
      easel,
      [x + wide * wx, foot - tall * 0.72, wide * 0.18, tall * 0.36],
      light.isDark ? css(LAMP) : at([0.45, 0.62, 0.75]),
    );
    if (light.isDark)
      glow(easel, [x + wide * (wx + 0.09), foot - tall * 0.54, size * 0.35], [css(LAMP, 0.5), css(LAMP, 0)]);
  }
}

/** Houses on the slope, smaller further away, a church among them. */
export function paintVillage(easel: Easel): void {
  const { random, horizon } = easel;
  for (const [row, depth] of [0.1, 0.3, 0.58].entries()) {
    const size = 0.085 + 0.07 * row;
    for (let x = between(random, -0.05, 0.06); x < 1; x += size * between(random, 1.25, 1.9)) {
      const foot = horizon + (1 - horizon) * depth + between(random, -0.012, 0.012);
      if (row === 0 && Math.abs(x - 0.5) < size) paintSteeple(easel, x, foot);
      paintHouse(easel, { x, foot, size: size * between(random, 0.85, 1.1), distance: 0.6 - 0.25 * row });
    }
  }
}

function paintSteeple(easel: Easel, x: number, foot: number): void {
  const at = (colour: Rgb) => css(seen(colour, easel.light, 0.5));
  box(easel, [x + 0.01, foot - 0.15, 0.045, 0.15], at(hex('#efe6d5')));
  fill(
    easel,
    [
      [x, foot - 0.15],
      [x + 0.0325, foot - 0.27],
      [x + 0.065, foot - 0.15],
    ],
    at(hex('#6b5f6e')),
  );
}
