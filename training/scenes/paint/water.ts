import { css, hex, mix, type Rgb, scaled, smoothstep } from '../colour.js';
import { between, disc, type Easel, fill, glow, line, SIDE, shade } from '../easel-canvas.js';
import { seen } from '../light.js';
import { fractal } from '../noise.js';
import type { SkyPlace } from './sky.js';

/** The colour of the picture at a place, as painted so far. */
function read({ ctx }: Easel): (x: number, y: number) => Rgb {
  const { data } = ctx.getImageData(0, 0, SIDE, SIDE);
  return (x, y) => {
    const column = Math.min(SIDE - 1, Math.max(0, Math.round(x * SIDE)));
    const at = (Math.min(SIDE - 1, Math.max(0, Math.round(y * SIDE))) * SIDE + column) * 4;
    return [(data[at] ?? 0) / 255, (data[at + 1] ?? 0) / 255, (data[at + 2] ?? 0) / 255];
  };
}

export interface Water {
  readonly colour: Rgb;
  /** 0 a mirror, 1 a rough sea. */
  readonly rough: number;
  /** How much of what stands above is seen in it. */
  readonly mirror: number;
}

/** Water from the horizon to the front: what is above it upside down, broken by waves, and the sun's path on it. */
export function paintWater(easel: Easel, { colour, rough, mirror }: Water, sun?: SkyPlace): void {
  const { noise, light, random, horizon } = easel;
  const above = read(easel);
  const shift = random.uniform() * 100;
  const deep = seen(colour, light, 0);
  shade(
    easel,
    (x, y) => {
      const depth = Math.max(0.004, (y - horizon) / (1 - horizon));
      const wave =
        fractal(noise, ((x - 0.5) / (depth + 0.12)) * 3 + shift, (3.2 / (depth + 0.12)) * 2, 3) - 0.5;
      const bent = rough * wave * 0.16 * (0.3 + depth);
      const mirrored = above(x + bent * 0.6, horizon - (y - horizon) * 0.95 + bent * 1.5);
      let tint = mix(deep, mirrored, mirror * (1 - 0.45 * depth));
      tint = scaled(tint, 1 + rough * wave * 0.9 * (0.4 + depth));
      if (sun && light.sun) {
        const path = smoothstep(0.05 + 0.16 * depth, 0, Math.abs(x - sun.x + bent));
        const sparkle = smoothstep(0.02, 0.16, wave + 0.06);
        tint = mix(tint, light.sun.colour, path * (0.25 + 0.6 * sparkle) * (light.isDark ? 0.6 : 0.85));
      }
      const foam = rough * smoothstep(0.24 - 0.1 * rough, 0.3, wave) * smoothstep(0.1, 0.5, depth);
      return [
        mix(mix(tint, light.haze, (1 - depth) ** 6 * 0.5), seen([0.95, 0.97, 1], light, 0), foam * 0.6),
        1,
      ];
    },
    horizon,
  );
}

/** Rolling breakers with crests of foam. */
export function paintBreakers(easel: Easel, colour: Rgb): void {
  const { noise, light, random, horizon } = easel;
  for (const [index, base] of [0.08, 0.25, 0.5, 0.8].entries()) {
    const shift = random.uniform() * 100;
    const tall = 0.03 + 0.034 * index;
    const top = (x: number) =>
      horizon +
      base * (1 - horizon) -
      tall *
        (1.5 * Math.abs(Math.sin(x * (7 - index) + shift)) ** 1.4 +
          0.6 * fractal(noise, x * 6 + shift, 1, 3));
    shade(
      easel,
      (x, y) => {
        const crest = top(x);
        if (y < crest) return undefined;
        const down = (y - crest) / (tall * 2.6);
        const streak = fractal(noise, x * 16 + shift + down * 2, (y - crest) * 50, 3);
        const foam =
          smoothstep(0.35, 0.05, down + 0.5 * (streak - 0.4)) * 0.95 + 0.4 * smoothstep(0.66, 0.8, streak);
        const body = mix(
          scaled(mix(colour, [0.5, 0.85, 0.8], 0.3), 1.2),
          scaled(colour, 0.55),
          smoothstep(0, 1, down),
        );
        return [
          mix(
            seen(body, light, 0.5 - 0.15 * index),
            seen([0.96, 0.98, 0.98], light, 0.3 - 0.1 * index),
            Math.min(1, foam),
          ),
          1,
        ];
      },
      horizon - 0.12,
    );
  }
}

/** A fall of white water between rocks, with spray at its foot. */
export function paintFall(easel: Easel): void {
  const { noise, light, random } = easel;
  const [middle, half, top, foot] = [between(random, 0.42, 0.58), between(random, 0.09, 0.14), 0.16, 0.8];
  const shift = random.uniform() * 100;
  const moss: Rgb = [0.24, 0.36, 0.2];
  shade(
    easel,
    (x, y) => {
      const away = Math.abs(x - middle) - half;
      const cliff = top - 0.03 + 0.16 * fractal(noise, x * 4 + shift, 2, 3) - Math.max(0, away) * 0.1;
      if (y < cliff) return undefined;
      const facet = fractal(noise, x * 9 + shift, y * 4, 4);
      const rock = mix(
        mix([0.2, 0.19, 0.2], [0.52, 0.48, 0.45], smoothstep(0.3, 0.7, facet)),
        moss,
        smoothstep(0.55, 0.75, noise(x * 11 + shift, y * 8)) * 0.8,
      );
      return [seen(scaled(rock, away < 0.05 ? 0.7 : 1), light, 0.2), 1];
    },
    0,
    0.9,
  );
  shade(
    easel,
    (x, y) => {
      const wide = half * (1 + 0.35 * (y - top)) + 0.012 * (noise(y * 20, shift) - 0.5);
      const across = Math.abs(x - middle) / wide;
      if (across > 1 || y < top + 0.05) return undefined;
      const streaks = fractal(noise, x * 45 + shift, y * 3.5 - shift, 4);
      return [
        seen(mix([0.45, 0.62, 0.72], [1, 1, 1], smoothstep(0.3, 0.68, streaks)), light, 0.08),
        smoothstep(1, 0.8, across),
      ];
    },
    top,
    foot + 0.02,
  );
  shade(
    easel,
    (x, y) => {
      const ripples = fractal(noise, x * 8 + shift, (y - foot) * 42, 3);
      const ring = 1 - Math.min(1, Math.hypot((x - middle) / 0.5, (y - foot) / 0.2));
      return [
        seen(
          mix([0.12, 0.33, 0.4], [0.8, 0.9, 0.92], smoothstep(0.55, 0.8, ripples) * 0.6 + ring * 0.6),
          light,
          0.05,
        ),
        1,
      ];
    },
    foot,
  );
  for (let drop = 0; drop < 60; drop += 1) {
    disc(
      easel,
      [middle + random.normal() * half * 0.9, foot + random.normal() * 0.025, between(random, 0.01, 0.03)],
      css(seen([1, 1, 1], light, 0.1), 0.14),
    );
  }
}

/** Under the surface: rays from above, weed, fish and bubbles. */
export function paintUnderwater(easel: Easel): void {
  const { noise, random } = easel;
  const shift = random.uniform() * 100;
  const [surface, deep] = [hex('#5fd0d8'), hex('#052447')];
  shade(easel, (x, y) => {
    const lean = x + 0.35 * y - 0.2;
    const rays =
      smoothstep(0.5, 0.85, fractal(noise, (lean / (0.5 + 0.6 * y)) * 5 + shift, 2, 3)) * (1 - y) ** 1.2;
    return [mix(mix(surface, deep, smoothstep(0, 0.95, y)), [0.85, 1, 0.95], rays * 0.65), 1];
  });
  shade(
    easel,
    (x, y) => {
      const top = 0.84 + 0.07 * fractal(noise, x * 4 + shift, 5, 3);
      if (y < top) return undefined;
      return [
        scaled(mix([0.6, 0.66, 0.5], [0.1, 0.22, 0.32], (y - top) * 4), 0.75 + 0.4 * noise(x * 30, y * 30)),
        1,
      ];
    },
    0.8,
  );
  const corals: readonly Rgb[] = [
    hex('#ff6f61'),
    hex('#ffb14e'),
    hex('#c86bd6'),
    hex('#3fae7f'),
    hex('#2f8f6b'),
  ];
  for (let plant = 0; plant < 15; plant += 1) {
    const [x, tall] = [random.uniform(), between(random, 0.08, 0.26)];
    const style = css(corals[random.integer(corals.length)] ?? [1, 0.5, 0.4], 0.92);
    for (let stem = 0; stem < 4; stem += 1) {
      const points = Array.from({ length: 6 }, (_, at): [number, number] => [
        x + (stem - 1.5) * 0.014 * (1 + at * 0.4) + 0.012 * Math.sin(at * 1.3 + stem + shift),
        0.92 - (tall * at) / 5,
      ]);
      line(easel, points, { style, width: 0.012 });
    }
  }
  for (let fish = 0; fish < 9; fish += 1) {
    const [x, y, size] = [random.uniform(), between(random, 0.18, 0.75), between(random, 0.02, 0.05)];
    const style = css(mix(corals[fish % 3] ?? [1, 0.6, 0.3], [0.2, 0.5, 0.6], random.uniform() * 0.5));
    const way = random.uniform() < 0.5 ? -1 : 1;
    easel.ctx.fillStyle = style;
    easel.ctx.beginPath();
    easel.ctx.ellipse(x * SIDE, y * SIDE, size * SIDE, size * 0.5 * SIDE, 0, 0, 2 * Math.PI);
    easel.ctx.fill();
    fill(
      easel,
      [
        [x - way * size * 0.8, y],
        [x - way * size * 1.7, y - size * 0.5],
        [x - way * size * 1.7, y + size * 0.5],
      ],
      style,
    );
    disc(easel, [x + way * size * 0.55, y - size * 0.1, size * 0.1], 'black');
  }
  for (let bubble = 0; bubble < 24; bubble += 1) {
    disc(easel, [random.uniform(), random.uniform(), between(random, 0.003, 0.012)], css([0.85, 1, 1], 0.45));
  }
  glow(easel, [0.4, 0, 0.5], [css([0.7, 1, 0.95], 0.35), css([0.7, 1, 0.95], 0)]);
}
