import { css, hex, mix, type Rgb, scaled, smoothstep } from '../colour.js';
import { between, box, disc, type Easel, fill, glow, line, oneOf, shade } from '../easel-canvas.js';
import { seen } from '../light.js';
import { fractal } from '../noise.js';

const LAMP: Rgb = hex('#ffd37a');
export const NEON = [
  hex('#ff2d95'),
  hex('#00e5ff'),
  hex('#b14bff'),
  hex('#ffb02e'),
  hex('#35ff8a'),
] as const satisfies readonly Rgb[];

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

/** A castle: towers with battlements or pointed roofs, a gate, flags. */
export function paintCastle(
  easel: Easel,
  [left, foot, size]: readonly [number, number, number],
  ruined = false,
): void {
  const { random, light, noise } = easel;
  const stone = hex('#a39a8c');
  const roof = oneOf(random, [hex('#7a3b4a'), hex('#3f5a86'), hex('#5a4a78')]);
  const shift = random.uniform() * 90;
  const wall = (x: number, width: number, tall: number, shape: 'flat' | 'pointed') => {
    const [from, to, top] = [left + x * size, left + (x + width) * size, foot - tall * size];
    const broken = (at: number) =>
      ruined ? 0.3 * size * tall * Math.max(0, fractal(noise, at * 14 + shift, 3, 3) * 1.7 - 0.55) : 0;
    shade(
      easel,
      (px, py) => {
        if (px < from || px > to || py > foot) return undefined;
        const tooth =
          shape === 'flat' && Math.floor((px - from) / (size * 0.028)) % 2 === 0 ? size * 0.03 : 0;
        if (py < top - (ruined ? 0 : tooth) + broken(px)) return undefined;
        const round = (px - from) / (to - from);
        const course = Math.floor(py / (size * 0.034));
        const brick = noise(Math.floor(px / (size * 0.05) + (course % 2) * 0.5) * 3.7, course * 5.3);
        return [seen(scaled(stone, (1.15 - 0.55 * round) * (0.84 + 0.28 * brick)), light, 0.2), 1];
      },
      top - size * 0.05,
      foot,
    );
    if (shape === 'pointed' && !ruined) {
      fill(
        easel,
        [
          [from - size * 0.02, top],
          [(from + to) / 2, top - size * 0.26],
          [to + size * 0.02, top],
        ],
        css(seen(roof, light, 0.2)),
      );
      fill(
        easel,
        [
          [(from + to) / 2, top],
          [(from + to) / 2, top - size * 0.26],
          [to + size * 0.02, top],
        ],
        css(seen(scaled(roof, 0.72), light, 0.2)),
      );
      const flag = css(seen(hex('#d8423a'), light, 0.1));
      fill(
        easel,
        [
          [(from + to) / 2, top - size * 0.32],
          [(from + to) / 2 + size * 0.09, top - size * 0.295],
          [(from + to) / 2, top - size * 0.27],
        ],
        flag,
      );
    }
    for (let wy = top + size * 0.1; wy < foot - size * 0.14; wy += size * 0.17) {
      if (ruined && broken((from + to) / 2) > wy - top) continue;
      const pane = light.isDark && !ruined ? LAMP : seen(scaled(stone, 0.3), light, 0.1);
      box(easel, [(from + to) / 2 - size * 0.014, wy, size * 0.028, size * 0.06], css(pane));
      if (light.isDark && !ruined)
        glow(easel, [(from + to) / 2, wy + size * 0.03, size * 0.12], [css(LAMP, 0.45), css(LAMP, 0)]);
    }
  };
  wall(0.42, 0.2, 0.78, 'pointed');
  wall(0.1, 0.8, 0.34, 'flat');
  wall(0.26, 0.13, 0.56, 'pointed');
  wall(0.68, 0.13, 0.62, 'pointed');
  wall(0, 0.16, 0.46, 'pointed');
  wall(0.84, 0.16, 0.5, 'pointed');
  const gate = css(seen([0.2, 0.15, 0.13], light, 0.1));
  box(easel, [left + 0.45 * size, foot - 0.15 * size, 0.14 * size, 0.15 * size], gate);
  disc(easel, [left + 0.52 * size, foot - 0.15 * size, 0.07 * size], gate);
}

/** Broken columns with a piece of their beam. */
export function paintColumns(easel: Easel): void {
  const { random, light, horizon } = easel;
  const marble = hex('#e4dac6');
  for (let column = 0; column < 6; column += 1) {
    const x = 0.1 + 0.15 * column + between(random, -0.015, 0.015);
    const [foot, wide] = [horizon + 0.17 + 0.02 * (column % 2), 0.052];
    const top = column % 3 === 1 ? foot - between(random, 0.12, 0.26) : foot - 0.42;
    for (let flute = 0; flute < 5; flute += 1) {
      const bright = [1.02, 1.1, 0.95, 0.82, 0.66][flute] ?? 1;
      box(
        easel,
        [x + (flute * wide) / 5, top, wide / 5 + 0.001, foot - top],
        css(seen(scaled(marble, bright), light, 0.12)),
      );
    }
    box(easel, [x - 0.012, foot - 0.018, wide + 0.024, 0.024], css(seen(scaled(marble, 0.85), light, 0.1)));
    if (column % 3 !== 1) {
      box(easel, [x - 0.014, top - 0.018, wide + 0.028, 0.024], css(seen(marble, light, 0.1)));
      if (column % 3 === 2)
        box(easel, [x - 0.014, top - 0.06, 0.25, 0.044], css(seen(scaled(marble, 0.9), light, 0.12)));
    } else {
      box(
        easel,
        [x + between(random, -0.08, 0.06), foot - 0.012, 0.08, 0.034],
        css(seen(scaled(marble, 0.8), light, 0.1)),
      );
    }
  }
}

/** A stone bridge of three arches over the water, or a hanging one with towers. */
export function paintBridge(easel: Easel, hanging: boolean): void {
  const { light, horizon, random } = easel;
  const deck = horizon + 0.02;
  if (hanging) {
    const steel = oneOf(random, [hex('#b5402f'), hex('#6f7d8c')]);
    const style = css(seen(steel, light, 0.15));
    for (const x of [0.26, 0.74]) {
      box(easel, [x - 0.016, deck - 0.36, 0.012, 0.44], style);
      box(easel, [x + 0.012, deck - 0.36, 0.012, 0.44], style);
      for (const up of [0.3, 0.18]) box(easel, [x - 0.016, deck - up, 0.04, 0.012], style);
    }
    const sag = (x: number) =>
      deck -
      0.03 -
      0.32 * Math.min(1, ((x - 0.5) / 0.24) ** 2 * (Math.abs(x - 0.5) < 0.24 ? 1 : 0)) -
      (Math.abs(x - 0.5) >= 0.24 ? 0.32 * Math.max(0, 1 - (Math.abs(x - 0.5) - 0.24) / 0.26) : 0);
    const points = Array.from({ length: 61 }, (_, at): [number, number] => [at / 60, sag(at / 60)]);
    line(easel, points, { style, width: 0.007 });
    for (const [x, y] of points)
      line(
        easel,
        [
          [x, y],
          [x, deck],
        ],
        { style, width: 0.002 },
      );
    box(easel, [0, deck - 0.008, 1, 0.024], style);
    return;
  }
  const stone = hex('#a89a86');
  shade(
    easel,
    (x, y) => {
      const top = deck - 0.09 * Math.sin(Math.PI * x) - 0.02;
      if (y < top || y > deck + 0.15) return undefined;
      const bay = (x * 3) % 1;
      const arch = Math.hypot((bay - 0.5) / 0.36, (y - deck - 0.15) / 0.19);
      if (arch < 1) return undefined;
      const course = Math.floor(y * 46);
      const brick = easel.noise(Math.floor(x * 26 + (course % 2) * 0.5) * 3.1, course * 2.7);
      return [seen(scaled(stone, (arch < 1.12 ? 0.72 : 0.95) * (0.8 + 0.4 * brick)), light, 0.12), 1];
    },
    deck - 0.15,
    deck + 0.15,
  );
}

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
