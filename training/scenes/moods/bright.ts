import { css, hex, mix, type Rgb, smoothstep } from '../colour.js';
import { between, type Easel, shade, SIDE } from '../easel-canvas.js';
import { type Light, LIGHTS } from '../light.js';
import { fractal } from '../noise.js';
import { paintPerson } from '../paint/figures.js';
import { paintBlades, paintGround, paintRidge } from '../paint/ground.js';
import { paintSky } from '../paint/sky.js';
import { paintWater } from '../paint/water.js';
import type { Place } from '../places/place.js';
import { lit } from './lit.js';

/** Feelings as warm, open places; each has its own light. */
export const BRIGHT = {
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
