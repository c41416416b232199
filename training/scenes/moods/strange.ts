import { css, hex, mix } from '../colour.js';
import { between, type Easel, fill, glow, shade } from '../easel-canvas.js';
import { type Light, LIGHTS } from '../light.js';
import { fractal } from '../noise.js';
import { paintGround } from '../paint/ground.js';
import { paintTree, paintWood } from '../paint/plants.js';
import { paintSky } from '../paint/sky.js';
import { paintWater } from '../paint/water.js';
import type { Place } from '../places/place.js';
import { lit } from './lit.js';

/** Feelings as places that there are not; each has its own light. */
export const STRANGE = {
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
