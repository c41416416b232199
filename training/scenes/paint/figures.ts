import { css, hex, type Rgb, scaled } from '../colour.js';
import { between, disc, type Easel, fill, line } from '../easel-canvas.js';
import { seen } from '../light.js';

/** Where something stands (its foot), how tall it is, how far away: shares of the side, 0…1. */
export interface Standing {
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly distance?: number;
}

/** A person from behind: head, coat, legs, a long shadow. */
export function paintPerson(
  easel: Easel,
  { x, y, height, distance = 0.1 }: Standing,
  coat: Rgb = hex('#2a2430'),
): void {
  const { light } = easel;
  const dark = css(seen(coat, light, distance));
  const legs = css(seen(scaled(coat, 0.7), light, distance));
  const wide = height * 0.13;
  fill(
    easel,
    [
      [x - wide * 0.6, y],
      [x + wide * 0.6, y],
      [x + height * 0.5, y + height * 0.12],
      [x + height * 0.3, y + height * 0.14],
    ],
    css([0, 0, 0], 0.25),
  );
  for (const side of [-0.45, 0.45])
    line(
      easel,
      [
        [x + side * wide * 0.7, y - height * 0.42],
        [x + side * wide, y],
      ],
      { style: legs, width: height * 0.075 },
    );
  fill(
    easel,
    [
      [x - wide, y - height * 0.8],
      [x + wide, y - height * 0.8],
      [x + wide * 1.15, y - height * 0.36],
      [x - wide * 1.15, y - height * 0.36],
    ],
    dark,
  );
  for (const side of [-1, 1])
    line(
      easel,
      [
        [x + side * wide * 0.95, y - height * 0.76],
        [x + side * wide * 1.3, y - height * 0.45],
      ],
      { style: dark, width: height * 0.065 },
    );
  disc(easel, [x, y - height * 0.9, height * 0.085], css(seen(scaled(coat, 0.85), light, distance)));
}

/** A boat with a sail. */
export function paintBoat(easel: Easel, { x, y, height, distance = 0.15 }: Standing): void {
  const { light } = easel;
  const at = (colour: Rgb) => css(seen(colour, light, distance));
  fill(
    easel,
    [
      [x - height * 0.42, y - height * 0.1],
      [x + height * 0.45, y - height * 0.1],
      [x + height * 0.3, y + height * 0.06],
      [x - height * 0.3, y + height * 0.06],
    ],
    at(hex('#7a3f2a')),
  );
  line(
    easel,
    [
      [x, y - height * 0.1],
      [x, y - height],
    ],
    { style: at([0.3, 0.22, 0.18]), width: height * 0.03 },
  );
  fill(
    easel,
    [
      [x + height * 0.03, y - height],
      [x + height * 0.4, y - height * 0.16],
      [x + height * 0.03, y - height * 0.16],
    ],
    at(hex('#f5efe2')),
  );
  fill(
    easel,
    [
      [x - height * 0.03, y - height * 0.86],
      [x - height * 0.33, y - height * 0.16],
      [x - height * 0.03, y - height * 0.16],
    ],
    at(hex('#d9cdb8')),
  );
}

/** Birds far up in the sky. */
export function paintBirds(easel: Easel): void {
  const { random, light, horizon } = easel;
  const style = css(seen([0.15, 0.15, 0.2], light, 0.15));
  const [midX, midY] = [between(random, 0.25, 0.75), horizon * between(random, 0.25, 0.55)];
  for (let bird = 0; bird < 7; bird += 1) {
    const [x, y, size] = [
      midX + random.normal() * 0.12,
      midY + random.normal() * 0.05,
      between(random, 0.012, 0.024),
    ];
    line(
      easel,
      [
        [x - size, y - size * 0.5],
        [x - size * 0.35, y - size * 0.65],
        [x, y],
      ],
      { style, width: 0.005 },
    );
    line(
      easel,
      [
        [x, y],
        [x + size * 0.35, y - size * 0.65],
        [x + size, y - size * 0.5],
      ],
      { style, width: 0.005 },
    );
  }
}
