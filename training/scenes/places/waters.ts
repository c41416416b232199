import { hex, mix, type Rgb, smoothstep } from '../colour.js';
import { between, shade } from '../easel-canvas.js';
import { fractal } from '../noise.js';
import { paintBoat } from '../paint/figures.js';
import { paintGround, paintRidge, paintWay } from '../paint/ground.js';
import { paintPalm, paintSpruce, paintTree, paintWood } from '../paint/plants.js';
import { paintSky } from '../paint/sky.js';
import { paintLighthouse } from '../paint/lighthouse.js';
import { paintBreakers, paintFall, paintUnderwater, paintWater } from '../paint/water.js';
import { MEADOW, paintFarRidges, snowy } from './grounds.js';
import { OUTDOORS, type Place, WARM } from './place.js';

/** By, on and under water. */
export const WATERS = {
  sea: {
    words: ['the sea', 'the ocean', 'a calm sea', 'a seascape'],
    ...{ lights: WARM, horizon: [0.42, 0.55] },
    paint: (easel) => {
      const sun = paintSky(easel);
      paintWater(easel, { colour: hex('#1f5f86'), rough: 0.55, mirror: 0.5 }, sun);
      if (easel.random.uniform() < 0.6)
        paintBoat(easel, {
          x: between(easel.random, 0.2, 0.8),
          y: easel.horizon + 0.06,
          height: between(easel.random, 0.1, 0.17),
        });
    },
  },
  waves: {
    words: ['waves', 'a stormy sea', 'crashing waves', 'rough sea'],
    ...{ lights: ['noon', 'sunset', 'dusk', 'storm', 'night'], horizon: [0.38, 0.48] },
    paint: (easel) => {
      const sun = paintSky(easel);
      paintWater(easel, { colour: hex('#1d5a78'), rough: 0.9, mirror: 0.3 }, sun);
      paintBreakers(easel, hex('#1f6a86'));
    },
  },
  lake: {
    words: ['a lake', 'a mountain lake', 'a lake with reflections', 'a quiet lake'],
    ...{ lights: OUTDOORS, horizon: [0.5, 0.58] },
    paint: (easel) => {
      const sun = paintSky(easel);
      paintRidge(easel, {
        foot: easel.horizon + 0.01,
        height: 0.36,
        distance: 0.66,
        rock: hex('#66707f'),
        snow: 0.45,
      });
      paintRidge(easel, {
        foot: easel.horizon + 0.01,
        height: 0.17,
        distance: 0.4,
        rock: hex('#3f6448'),
        rounded: true,
      });
      paintWood(
        { ...easel, horizon: easel.horizon - 0.01 },
        { colour: hex('#23523a'), paint: paintSpruce, rows: 1, front: easel.horizon + 0.012, height: 0.1 },
      );
      paintWater(easel, { colour: hex('#2f6f8f'), rough: 0.14, mirror: 0.88 }, sun);
    },
  },
  river: {
    words: ['a river', 'a winding river', 'a river valley'],
    ...{ lights: OUTDOORS, horizon: [0.4, 0.48] },
    paint: (easel) => {
      paintSky(easel);
      paintFarRidges(easel, 0.2);
      paintGround(easel, snowy(easel, MEADOW));
      paintWood(easel, {
        colour: hex('#3a6f3c'),
        paint: paintTree,
        rows: 1,
        front: easel.horizon + 0.03,
        height: 0.08,
      });
      const [deep, bright] = [hex('#3f86b0'), hex('#bfe0ee')];
      paintWay(easel, {
        colour: (across, depth) =>
          mix(deep, bright, smoothstep(0.5, 0.75, fractal(easel.noise, across * 3, 9 / (depth + 0.2), 3))),
        width: 0.46,
        winding: 0.16,
      });
    },
  },
  waterfall: {
    words: ['a waterfall', 'a waterfall in the mountains', 'falling water'],
    ...{ lights: ['dawn', 'noon', 'sunset', 'night', 'fog', 'rain'], horizon: [0.5, 0.5] },
    paint: (easel) => {
      paintSky(easel);
      paintFall(easel);
      for (const x of [0.04, 0.93])
        paintTree(easel, { x, y: 0.97, height: 0.46, distance: 0, colour: hex('#3a7a3a') });
    },
  },
  underwater: {
    words: ['underwater', 'a coral reef', 'under the sea', 'the bottom of the sea'],
    lights: [],
    paint: paintUnderwater,
  },
  beach: {
    words: ['a beach', 'a tropical beach', 'palm trees on a beach', 'an island'],
    ...{ lights: ['dawn', 'noon', 'sunset', 'dusk', 'night', 'storm'], horizon: [0.42, 0.5] },
    paint: (easel) => {
      const { horizon, noise, light, random } = easel;
      const sun = paintSky(easel);
      paintWater(easel, { colour: hex('#2aa0b0'), rough: 0.35, mirror: 0.4 }, sun);
      const shift = random.uniform() * 50;
      const shore = (x: number) => horizon + 0.3 - 0.16 * x + 0.02 * Math.sin(x * 9 + shift);
      shade(
        easel,
        (x, y) => {
          const edge = shore(x);
          if (y < edge) return undefined;
          const wet = smoothstep(0.05, 0, y - edge);
          const grain = 0.9 + 0.2 * noise(x * 60, y * 60);
          const foam = smoothstep(0.016, 0.004, y - edge);
          const sand = mix([0.93 * grain, 0.82 * grain, 0.6 * grain], [0.62, 0.52, 0.4], wet * 0.6);
          const lit = mix(sand, [1, 1, 1], foam) as Rgb;
          return [[lit[0] * light.ambient[0], lit[1] * light.ambient[1], lit[2] * light.ambient[2]], 1];
        },
        horizon,
      );
      for (const x of [0.72, 0.88])
        paintPalm(easel, {
          x,
          y: 0.84 + between(random, -0.05, 0.05),
          height: between(random, 0.45, 0.62),
          distance: 0.05,
          colour: hex('#3f8f4a'),
        });
    },
  },
  lighthouse: {
    words: ['a lighthouse by the sea', 'a lighthouse on a cliff', 'a lighthouse on the coast'],
    ...{ lights: WARM, horizon: [0.56, 0.64] },
    paint: (easel) => {
      const sun = paintSky(easel);
      paintWater(easel, { colour: hex('#1f5f86'), rough: 0.7, mirror: 0.4 }, sun);
      paintLighthouse(easel, [
        between(easel.random, 0.3, 0.7),
        easel.horizon + 0.1,
        between(easel.random, 0.4, 0.5),
      ]);
    },
  },
} as const satisfies Record<string, Place>;
