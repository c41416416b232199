import { css, hex, mix, type Rgb, scaled, smoothstep } from '../colour.js';
import { between, box, disc, type Easel, fill, glow, line, oneOf, SIDE, shade } from '../easel-canvas.js';
import { fractal } from '../noise.js';
import { paintSky } from './sky.js';

/** A ball of fruit lit from the left, with its shadow on the table. */
function paintBall(easel: Easel, [x, y, radius]: readonly [number, number, number], colour: Rgb): void {
  const { ctx, noise } = easel;
  ctx.fillStyle = 'rgba(20, 10, 8, 0.45)';
  ctx.beginPath();
  ctx.ellipse(
    (x + radius * 0.4) * SIDE,
    (y + radius * 0.86) * SIDE,
    radius * 1.2 * SIDE,
    radius * 0.3 * SIDE,
    0,
    0,
    2 * Math.PI,
  );
  ctx.fill();
  shade(
    easel,
    (px, py) => {
      const [u, v] = [(px - x) / radius, (py - y) / radius];
      const square = u * u + v * v;
      if (square > 1) return undefined;
      const lit = smoothstep(-0.4, 1, -u * 0.6 - v * 0.55 + Math.sqrt(1 - square) * 0.45);
      const skin = scaled(colour, 0.25 + 0.95 * lit + 0.12 * (noise(px * 40, py * 40) - 0.5));
      return [
        mix(skin, [1, 1, 1], smoothstep(0.14, 0, Math.hypot(u + 0.4, v + 0.42)) * 0.7),
        smoothstep(1, 0.96, square),
      ];
    },
    y - radius,
    y + radius,
  );
}

/** A vase or bottle: a turned profile, lit from the left. */
function paintVessel(
  easel: Easel,
  [x, foot, height]: readonly [number, number, number],
  {
    colour,
    profile,
  }: {
    readonly colour: Rgb;
    /** Half the width at a height (0 the foot), as a share of the height. */
    readonly profile: (up: number) => number;
  },
): void {
  shade(
    easel,
    (px, py) => {
      const up = (foot - py) / height;
      if (up < 0 || up > 1) return undefined;
      const across = (px - x) / (profile(up) * height);
      if (Math.abs(across) > 1) return undefined;
      const lit = smoothstep(-1.1, 1, -across) * 0.9 + smoothstep(0.16, 0, Math.abs(across + 0.5)) * 0.5;
      return [scaled(colour, 0.28 + lit), smoothstep(1, 0.93, Math.abs(across))];
    },
    foot - height,
    foot,
  );
}

const FRUIT = [hex('#c8281e'), hex('#e8a020'), hex('#8fae2c'), hex('#e2702a'), hex('#6a2348')] as const;
const PETALS = [hex('#e8506a'), hex('#f2c230'), hex('#f4f0ea'), hex('#a05bc8'), hex('#e8762a')] as const;

/** Fruit, a jug and flowers on a table before a dark wall. */
export function paintStillLife(easel: Easel, flowers: boolean): void {
  const { random, noise } = easel;
  const wall = oneOf(random, [hex('#4a3a30'), hex('#38443c'), hex('#5a4550'), hex('#3b4658')]);
  const cloth = oneOf(random, [hex('#8a5a38'), hex('#d8cbb4'), hex('#7a2f2a'), hex('#54688a')]);
  const shift = random.uniform() * 90;
  const edge = between(random, 0.6, 0.68);
  shade(easel, (x, y) => {
    const lit = 0.55 + 0.75 * Math.exp(-((x - 0.2) ** 2 + (y - 0.25) ** 2) * 3.5);
    return [scaled(wall, lit * (0.85 + 0.3 * fractal(noise, x * 4 + shift, y * 4, 4))), 1];
  });
  shade(
    easel,
    (x, y) => {
      const fold = fractal(noise, (x - y * 0.3) * 7 + shift, y * 4, 3);
      return [scaled(cloth, (0.55 + 0.55 * fold) * (1.12 - 0.5 * x) * (1 - 0.5 * smoothstep(0.8, 1, y))), 1];
    },
    edge,
  );
  const middle = between(random, 0.42, 0.6);
  const glaze = oneOf(random, [hex('#3f6fa0'), hex('#c9b08a'), hex('#7a8f5a'), hex('#b0462f')]);
  paintVessel(easel, [middle, edge + 0.12, 0.36], {
    colour: glaze,
    profile: (up) => 0.2 + 0.16 * Math.sin(Math.PI * (up * 0.9 + 0.12)) - 0.14 * smoothstep(0.62, 0.86, up),
  });
  if (flowers) {
    for (let stem = 0; stem < 17; stem += 1) {
      const angle = between(random, 0.12, 0.88) * Math.PI;
      const far = between(random, 0.08, 0.3);
      const [x, y] = [middle + Math.cos(angle) * far * 1.05, edge - 0.24 - Math.sin(angle) * far];
      line(
        easel,
        [
          [middle, edge - 0.2],
          [x, y],
        ],
        { style: css(hex('#3f6a34')), width: 0.008 },
      );
      const petal = oneOf(random, PETALS);
      const size = between(random, 0.024, 0.042);
      for (let leaf = 0; leaf < 8; leaf += 1) {
        const turn = (leaf / 8) * 2 * Math.PI;
        disc(
          easel,
          [x + Math.cos(turn) * size, y + Math.sin(turn) * size, size * 0.62],
          css(scaled(petal, 0.75 + 0.4 * (leaf % 2) - 0.14 * Math.cos(turn))),
        );
      }
      disc(easel, [x, y, size * 0.55], css(hex('#6a4418')));
    }
  }
  for (let fruit = 0; fruit < 6; fruit += 1) {
    const x = middle + (fruit - 2.5) * 0.13 + between(random, -0.03, 0.03);
    paintBall(
      easel,
      [x, edge + 0.1 + 0.05 * (fruit % 2) + between(random, 0, 0.03), between(random, 0.055, 0.078)],
      oneOf(random, FRUIT),
    );
  }
}

/** A room: floor boards in perspective, a window onto the light of the hour, a chair or a bed, a lamp. */
export function paintRoom(easel: Easel): void {
  const { random, light, noise } = easel;
  const wall = oneOf(random, [hex('#cdb99a'), hex('#9fb0a8'), hex('#c79f8a'), hex('#8f9fbd')]);
  const warm = light.isDark ? 0.5 : 1;
  const edge = 0.66;
  const window = { x: between(random, 0.16, 0.5), y: 0.12, width: 0.32, height: 0.34 };
  paintSky({ ...easel, horizon: window.y + window.height }, window.y + window.height);
  shade(
    easel,
    (x, y) => {
      const isGlass =
        x > window.x && x < window.x + window.width && y > window.y && y < window.y + window.height;
      if (isGlass) return undefined;
      const spill = Math.exp(-((x - window.x - 0.16) ** 2 + (y - 0.3) ** 2) * 5);
      return [scaled(wall, warm * (0.5 + 0.5 * spill + 0.1 * fractal(noise, x * 6, y * 6, 3))), 1];
    },
    0,
    edge,
  );
  shade(
    easel,
    (x, y) => {
      const depth = (y - edge) / (1 - edge);
      const board = ((x - 0.5) / (0.35 + depth)) * 9;
      const grain = fractal(noise, Math.floor(board) * 7.3, y * 20 + x * 3, 3);
      const pool =
        Math.exp(-(((x - window.x - 0.2 - 0.2 * depth) / 0.2) ** 2)) * (light.isDark ? 0.15 : 0.75);
      const crack = Math.abs(board - Math.round(board)) < 0.04 ? 0.7 : 1;
      return [scaled(hex('#8a5c3a'), warm * crack * (0.6 + 0.4 * grain + pool)), 1];
    },
    edge,
  );
  const frame = css(scaled(hex('#f2ece0'), warm));
  for (const share of [0, 0.5, 1]) {
    box(easel, [window.x + window.width * share - 0.008, window.y, 0.016, window.height], frame);
    box(easel, [window.x, window.y + window.height * share - 0.008, window.width, 0.016], frame);
  }
  const curtain = oneOf(random, [hex('#b0463f'), hex('#3f6a8a'), hex('#d8c070')]);
  for (const side of [window.x - 0.075, window.x + window.width]) {
    for (let fold = 0; fold < 5; fold += 1)
      box(
        easel,
        [side + fold * 0.015, window.y - 0.03, 0.0155, window.height + 0.11],
        css(scaled(curtain, warm * (fold % 2 ? 0.72 : 1.02))),
      );
  }
  const wood = scaled(hex('#6a4226'), warm);
  const x = window.x > 0.33 ? 0.1 : 0.66;
  box(easel, [x, edge - 0.02, 0.26, 0.03], css(scaled(wood, 1.3)));
  for (const leg of [0.01, 0.23]) box(easel, [x + leg, edge, 0.022, 0.2], css(wood));
  paintVessel(easel, [x + 0.08, edge - 0.02, 0.1], {
    colour: scaled(hex('#3f7fa8'), warm),
    profile: (up) => 0.3 + 0.14 * Math.sin(Math.PI * up),
  });
  if (light.isDark) {
    fill(
      easel,
      [
        [x + 0.15, edge - 0.12],
        [x + 0.24, edge - 0.12],
        [x + 0.215, edge - 0.19],
        [x + 0.175, edge - 0.19],
      ],
      css(hex('#ffdf9a')),
    );
    line(
      easel,
      [
        [x + 0.195, edge - 0.12],
        [x + 0.195, edge - 0.02],
      ],
      { style: css(wood), width: 0.012 },
    );
    glow(easel, [x + 0.195, edge - 0.14, 0.42], [css(hex('#ffb860'), 0.6), css(hex('#ffb860'), 0)]);
  }
}

/** A candle or a lamp alone in the dark. */
export function paintCandle(easel: Easel): void {
  const { random, noise } = easel;
  const x = between(random, 0.4, 0.6);
  shade(easel, (px, py) => {
    const near = Math.exp(-((px - x) ** 2 + (py - 0.42) ** 2) * 7);
    return [
      mix([0.05, 0.03, 0.04], [0.62, 0.34, 0.14], near * (0.75 + 0.4 * fractal(noise, px * 4, py * 4, 3))),
      1,
    ];
  });
  shade(
    easel,
    (px, py) => [
      scaled(
        [0.4, 0.24, 0.14],
        (0.3 + 1.1 * Math.exp(-((px - x) ** 2) * 9)) * (0.7 + 0.4 * noise(px * 5, py * 40)),
      ),
      1,
    ],
    0.8,
  );
  paintVessel(easel, [x, 0.84, 0.34], { colour: [0.93, 0.86, 0.7], profile: () => 0.13 });
  shade(
    easel,
    (px, py) => {
      const up = (0.49 - py) / 0.15;
      if (up < 0 || up > 1) return undefined;
      const across =
        Math.abs(px - x) / (0.034 * Math.sin(Math.PI * Math.min(1, up * 0.85 + 0.15)) ** 0.8 + 0.001);
      return across > 1 ? undefined : [mix([1, 0.97, 0.75], [1, 0.6, 0.15], Math.max(across, up * 0.8)), 1];
    },
    0.3,
    0.5,
  );
  glow(easel, [x, 0.42, 0.36], [css(hex('#ffb84a'), 0.7), css(hex('#ffb84a'), 0)]);
}
