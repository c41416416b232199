import { hex, type Rgb } from './colour.js';
import { between, type Easel, fill, glow, shade, SIDE } from './easel-canvas.js';
import { type Light, LIGHTS } from './light.js';
import { fractal } from './noise.js';
import { css, mix, smoothstep } from './colour.js';
import { paintPerson } from './paint/figures.js';
import { paintBlades, paintGround, paintRidge } from './paint/land.js';
import { paintBareTree, paintTree, paintWood } from './paint/plants.js';
import { paintSky } from './paint/sky.js';
import { paintBreakers, paintWater } from './paint/water.js';
import type { Place } from './places.js';

/** A light with some of it changed: a mood's own sky and air. */
const lit = (easel: Easel, change: Partial<Light>): Easel => ({
  ...easel,
  light: { ...easel.light, ...change },
});

/** Feelings as places: palette, light, emptiness. Each has its own light. */
export const MOODS = {
  loneliness: {
    words: ['loneliness', 'solitude', 'a lonely person', 'alone'],
    ...{ lights: [], horizon: [0.6, 0.68] },
    paint: (given) => {
      const easel = lit(given, { ...LIGHTS.fog, haze: hex('#c3c8cc'), ambient: [0.6, 0.64, 0.7] });
      paintSky(easel);
      paintGround(easel, { near: hex('#7c8387'), far: hex('#b4babd'), contrast: 0.2 });
      paintPerson(easel, {
        x: between(easel.random, 0.3, 0.7),
        y: easel.horizon + 0.1,
        height: 0.13,
        distance: 0.05,
      });
    },
  },
  sadness: {
    words: ['sadness', 'sorrow', 'grief', 'melancholy'],
    ...{ lights: [], horizon: [0.5, 0.58] },
    paint: (given) => {
      const sky: Light['sky'] = [
        [0, hex('#1f2f4a')],
        [1, hex('#6a83a0')],
      ];
      const easel = lit(given, { ...LIGHTS.rain, sky, haze: hex('#5c7590'), ambient: [0.34, 0.42, 0.56] });
      paintSky(easel);
      paintRidge(easel, {
        foot: easel.horizon + 0.03,
        height: 0.12,
        distance: 0.7,
        rock: hex('#4f6076'),
        rounded: true,
      });
      paintWater(easel, { colour: hex('#2f4a6a'), rough: 0.2, mirror: 0.7 });
      paintBareTree(easel, { x: 0.24, y: 0.98, height: 0.62, distance: 0, colour: hex('#1c2230') });
      paintPerson(easel, { x: between(easel.random, 0.5, 0.72), y: 0.94, height: 0.24 }, hex('#1f2636'));
    },
  },
  happiness: {
    words: ['happiness', 'joy', 'a happy day', 'delight'],
    ...{ lights: [], horizon: [0.46, 0.52] },
    paint: (given) => {
      const easel = lit(given, { ...LIGHTS.noon, haze: hex('#fff0c0'), ambient: [1.08, 1.04, 0.95] });
      paintSky(easel);
      paintRidge(easel, {
        foot: easel.horizon + 0.08,
        height: 0.16,
        distance: 0.4,
        rock: hex('#8fd05a'),
        rounded: true,
      });
      paintGround(easel, { near: hex('#6fbf3a'), far: hex('#b0e070'), contrast: 0.3 });
      const hues = [hex('#ff5a5a'), hex('#ffd23f'), hex('#ff8ad0'), hex('#ffffff'), hex('#ff9a3f')];
      paintBlades(easel, { colours: hues, from: easel.horizon + 0.04, count: 620, height: 0.04 });
      for (let balloon = 0; balloon < 5; balloon += 1)
        paintBalloon(
          easel,
          between(easel.random, 0.1, 0.9),
          between(easel.random, 0.08, 0.4),
          hues[balloon] ?? [1, 0.4, 0.4],
        );
    },
  },
  peace: {
    words: ['peace', 'calm', 'serenity', 'tranquility', 'silence'],
    ...{ lights: [], horizon: [0.5, 0.54] },
    paint: (given) => {
      const sky: Light['sky'] = [
        [0, hex('#8fb8d8')],
        [0.7, hex('#f2d3d8')],
        [1, hex('#fdeccf')],
      ];
      const clouds = { cover: 0.2, lit: hex('#fff2ee'), shaded: hex('#d8c0d0') };
      const easel = lit(given, { ...LIGHTS.dawn, sky, clouds, haze: hex('#f0dcd8') });
      const sun = paintSky(easel);
      paintRidge(easel, {
        foot: easel.horizon + 0.01,
        height: 0.14,
        distance: 0.7,
        rock: hex('#8fa0b8'),
        rounded: true,
      });
      paintWater(easel, { colour: hex('#a8c4d4'), rough: 0.07, mirror: 0.9 }, sun);
    },
  },
  fear: {
    words: ['fear', 'horror', 'a nightmare', 'a haunted forest', 'terror'],
    ...{ lights: [], horizon: [0.56, 0.62] },
    paint: (given) => {
      const sky: Light['sky'] = [
        [0, hex('#070608')],
        [0.6, hex('#2a1216')],
        [1, hex('#6a2420')],
      ];
      const easel = lit(given, {
        ...LIGHTS.night,
        sky,
        haze: hex('#3a1818'),
        ambient: [0.2, 0.16, 0.17],
        stars: 0,
      });
      paintSky(easel);
      paintGround(easel, { near: hex('#2a2422'), far: hex('#5a4038') });
      for (let tree = 0; tree < 8; tree += 1) {
        const near = tree / 8;
        paintBareTree(easel, {
          x: easel.random.uniform(),
          y: easel.horizon + 0.04 + 0.36 * near,
          height: 0.34 + 0.4 * near,
          distance: 0.6 - 0.6 * near,
          colour: hex('#1a1214'),
        });
      }
      for (let eyes = 0; eyes < 3; eyes += 1) {
        const [x, y] = [between(easel.random, 0.1, 0.9), easel.horizon + between(easel.random, 0.02, 0.18)];
        for (const side of [-0.014, 0.014])
          glow(easel, [x + side, y, 0.018], [css(hex('#ffd23f')), css(hex('#ff5a1f'), 0)]);
      }
    },
  },
  love: {
    words: ['love', 'romance', 'a couple', 'two lovers'],
    ...{ lights: [], horizon: [0.6, 0.66] },
    paint: (given) => {
      const sky: Light['sky'] = [
        [0, hex('#8a3f7a')],
        [0.55, hex('#f0708f')],
        [1, hex('#ffd0a8')],
      ];
      const clouds = { cover: 0.4, lit: hex('#ffb0b8'), shaded: hex('#b0588f') };
      const easel = lit(given, { ...LIGHTS.sunset, sky, clouds, haze: hex('#f09a98') });
      const sun = paintSky(easel);
      paintWater(easel, { colour: hex('#b0507a'), rough: 0.2, mirror: 0.8 }, sun);
      paintGround(easel, { near: hex('#5a2f4a'), far: hex('#8f4a62') }, 0.84);
      for (const x of [0.46, 0.54])
        paintPerson(easel, { x, y: 0.93, height: 0.3, distance: 0 }, hex('#2f1428'));
      paintHeart(easel, 0.5, 0.26, 0.13);
    },
  },
  anger: {
    words: ['anger', 'rage', 'fury', 'chaos', 'war'],
    ...{ lights: [], horizon: [0.5, 0.56] },
    paint: (given) => {
      const sky: Light['sky'] = [
        [0, hex('#1a0606')],
        [0.55, hex('#8a1410')],
        [1, hex('#ff6a1f')],
      ];
      const clouds = { cover: 0.8, lit: hex('#ff5a1f'), shaded: hex('#2a0808') };
      const easel = lit(given, {
        ...LIGHTS.storm,
        sky,
        clouds,
        haze: hex('#a82a14'),
        ambient: [0.7, 0.25, 0.18],
      });
      paintSky(easel);
      paintWater(easel, { colour: hex('#6a1410'), rough: 1, mirror: 0.5 });
      paintBreakers(easel, hex('#a82a18'));
      paintFire(easel);
    },
  },
  hope: {
    words: ['hope', 'a new beginning', 'freedom', 'faith'],
    ...{ lights: [], horizon: [0.62, 0.68] },
    paint: (given) => {
      const easel = lit(given, {
        ...LIGHTS.dawn,
        clouds: { cover: 0.6, lit: hex('#fff0c8'), shaded: hex('#8a94b8') },
      });
      const sun = paintSky(easel);
      const rays = (x: number, y: number) =>
        fractal(easel.noise, Math.atan2(y - sun.y, x - sun.x) * 5 + 20, 3, 2);
      shade(
        easel,
        (x, y) => [
          [1, 0.95, 0.75],
          smoothstep(0.45, 0.75, rays(x, y)) * 0.5 * Math.exp(-Math.hypot(x - sun.x, y - sun.y) * 1.8),
        ],
        0,
        easel.horizon + 0.1,
      );
      paintRidge(easel, {
        foot: easel.horizon + 0.1,
        height: 0.14,
        distance: 0.25,
        rock: hex('#6f9a4a'),
        rounded: true,
        scale: 1,
      });
      paintGround(easel, { near: hex('#4f7a34'), far: hex('#7fa850') }, easel.horizon + 0.06);
      paintPerson(easel, { x: between(easel.random, 0.4, 0.6), y: easel.horizon + 0.1, height: 0.2 });
    },
  },
  dream: {
    words: ['a dream', 'a dreamscape', 'surreal', 'dali', 'fantasy', 'imagination'],
    ...{ lights: [], horizon: [0.8, 0.86] },
    paint: (given) => {
      const sky: Light['sky'] = [
        [0, hex('#5a4fb0')],
        [0.5, hex('#d88ad0')],
        [1, hex('#ffe0c0')],
      ];
      const clouds = { cover: 0.55, lit: hex('#fff0f8'), shaded: hex('#a88ad8') };
      const easel = lit(given, { ...LIGHTS.dawn, sky, clouds, haze: hex('#e8b8e0') });
      const sun = paintSky(easel);
      paintWater(easel, { colour: hex('#b08ad0'), rough: 0.15, mirror: 0.85 }, sun);
      for (const [x, y, size] of [
        [0.3, 0.5, 0.3],
        [0.74, 0.34, 0.2],
        [0.62, 0.68, 0.14],
      ] as const)
        paintFloatingIsland(easel, x, y, size);
    },
  },
  mystery: {
    words: ['mystery', 'a mysterious forest', 'magic', 'an enchanted forest', 'a fairy tale'],
    ...{ lights: [], horizon: [0.5, 0.56] },
    paint: (given) => {
      const sky: Light['sky'] = [
        [0, hex('#0a1f2f')],
        [1, hex('#2f7a78')],
      ];
      const easel = lit(given, {
        ...LIGHTS.aurora,
        words: ['in magic'],
        sky,
        haze: hex('#2f7a80'),
        ambient: [0.24, 0.4, 0.42],
        stars: 30,
      });
      paintSky(easel);
      paintGround(easel, { near: hex('#2f5a4a'), far: hex('#4f9a88') });
      paintWood(easel, { colour: hex('#2f6a62'), paint: paintTree, rows: 4, front: 0.97, height: 0.62 });
      for (let fly = 0; fly < 34; fly += 1)
        glow(
          easel,
          [easel.random.uniform(), between(easel.random, 0.25, 0.98), between(easel.random, 0.01, 0.035)],
          [css(hex('#f8ffb0'), 0.95), css(hex('#a8ff80'), 0)],
        );
    },
  },
} as const satisfies Record<string, Place>;

function paintBalloon(easel: Easel, x: number, y: number, colour: Rgb): void {
  const { ctx } = easel;
  const size = between(easel.random, 0.035, 0.055);
  ctx.strokeStyle = css([0.4, 0.4, 0.45]);
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(x * SIDE, (y + size) * SIDE);
  ctx.quadraticCurveTo((x + 0.02) * SIDE, (y + size * 2) * SIDE, x * SIDE, (y + size * 3.2) * SIDE);
  ctx.stroke();
  shade(
    easel,
    (px, py) => {
      const [u, v] = [(px - x) / size, (py - y) / (size * 1.2)];
      if (u * u + v * v > 1) return undefined;
      return [
        mix(
          mix(colour, [0, 0, 0], 0.25 * (u * u + v * v)),
          [1, 1, 1],
          smoothstep(0.3, 0, Math.hypot(u + 0.35, v + 0.4)) * 0.8,
        ),
        1,
      ];
    },
    y - size * 1.3,
    y + size * 1.3,
  );
}

function paintHeart(easel: Easel, x: number, y: number, size: number): void {
  shade(
    easel,
    (px, py) => {
      const [u, v] = [((px - x) / size) * 1.2, -((py - y) / size) * 1.2 + 0.2];
      const inside = (u * u + v * v - 1) ** 3 - u * u * v ** 3;
      return inside < 0
        ? [mix(hex('#ff3f5f'), hex('#b01038'), smoothstep(-0.6, 0.8, u - v)), 0.92]
        : undefined;
    },
    y - size * 1.2,
    y + size * 1.3,
  );
}

function paintFire(easel: Easel): void {
  const { noise, random } = easel;
  const shift = random.uniform() * 90;
  shade(
    easel,
    (x, y) => {
      const up = (1 - y) / 0.5;
      const flame = fractal(noise, x * 7 + shift, y * 3.2 + shift, 4) * 1.5 - up * 1.05;
      const heat = smoothstep(0.02, 0.6, flame);
      return heat <= 0
        ? undefined
        : [
            mix(
              mix(hex('#a81408'), hex('#ff7a1f'), smoothstep(0, 0.5, heat)),
              hex('#ffe88a'),
              smoothstep(0.5, 1, heat),
            ),
            Math.min(1, heat * 1.8),
          ];
    },
    0.45,
  );
}

function paintFloatingIsland(easel: Easel, x: number, y: number, size: number): void {
  const { noise, light, random } = easel;
  const shift = random.uniform() * 90;
  shade(easel, (px, py) => {
    const across = (px - x) / (size * 0.6);
    const down = (py - y) / size;
    const depth = (1 - across * across) * (0.55 + 0.4 * fractal(noise, px * 12 + shift, 1, 3));
    if (Math.abs(across) > 1 || down < -0.04 || down > depth) return undefined;
    const rock = mix(
      hex('#8a6a7a'),
      hex('#4f3a5a'),
      fractal(noise, px * 14 + shift, py * 10, 3) * 0.7 + down * 0.5,
    );
    const colour = down < 0.08 ? mix(hex('#7fc06a'), hex('#5a9a58'), noise(px * 40, py * 40)) : rock;
    return [mix(colour, light.haze, 0.22), 1];
  });
  paintTree(easel, {
    x: x - size * 0.1,
    y: y + size * 0.02,
    height: size * 0.75,
    distance: 0.2,
    colour: hex('#e080a8'),
  });
  fill(
    easel,
    [
      [x + size * 0.15, y],
      [x + size * 0.15, y - size * 0.18],
      [x + size * 0.24, y - size * 0.28],
      [x + size * 0.33, y - size * 0.18],
      [x + size * 0.33, y],
    ],
    css(mix(hex('#f8e8d8'), light.haze, 0.2)),
  );
}
