import { hex } from '../colour.js';
import { between } from '../easel-canvas.js';
import { paintGround, paintRidge, paintWay } from '../paint/ground.js';
import { paintTree } from '../paint/plants.js';
import { paintSky } from '../paint/sky.js';
import { paintBridge } from '../paint/bridge.js';
import { paintCastle, paintColumns } from '../paint/castle.js';
import { paintHouse, paintVillage } from '../paint/houses.js';
import { paintSkyline } from '../paint/skyline.js';
import { paintStreet } from '../paint/street.js';
import { paintWater } from '../paint/water.js';
import { MEADOW, paintFarRidges, snowy } from './grounds.js';
import { OUTDOORS, type Place, WARM } from './place.js';

/** Where people live, or lived. */
export const TOWNS = {
  city: {
    words: ['a city skyline', 'a city', 'skyscrapers', 'a metropolis'],
    ...{ lights: OUTDOORS, horizon: [0.66, 0.74] },
    paint: (easel) => {
      const sun = paintSky(easel);
      paintSkyline(easel);
      paintWater(easel, { colour: hex('#3f6080'), rough: 0.35, mirror: 0.75 }, sun);
    },
  },
  street: {
    words: ['a street', 'a city street', 'an alley', 'an old town street'],
    ...{ lights: WARM, horizon: [0.5, 0.56] },
    paint: (easel) => {
      paintSky(easel);
      paintStreet(easel, false);
    },
  },
  neon: {
    words: ['a cyberpunk street', 'a cyberpunk city', 'a neon street', 'neon lights', 'a futuristic city'],
    ...{ lights: ['night', 'dusk', 'rain'], horizon: [0.5, 0.56] },
    paint: (easel) => {
      const light = {
        ...easel.light,
        isDark: true,
        haze: hex('#4a2a78'),
        ambient: [0.4, 0.34, 0.55] as const,
        sky: [
          [0, hex('#0a0a24')],
          [1, hex('#5a2a7a')],
        ] as const,
        sun: { height: 0.1, colour: hex('#ff5ac8'), radius: 0, halo: 0.5 },
      };
      paintSky({ ...easel, light });
      paintStreet({ ...easel, light }, true);
    },
  },
  village: {
    words: ['a village', 'a small town', 'a mountain village', 'cottages'],
    ...{ lights: OUTDOORS, horizon: [0.42, 0.5] },
    paint: (easel) => {
      paintSky(easel);
      paintFarRidges(easel, 0.22);
      paintGround(easel, snowy(easel, MEADOW));
      paintVillage(easel);
    },
  },
  cottage: {
    words: ['a house in the countryside', 'a cabin', 'a cottage in a meadow', 'a farmhouse'],
    ...{ lights: OUTDOORS, horizon: [0.48, 0.56] },
    paint: (easel) => {
      const { random, horizon } = easel;
      paintSky(easel);
      paintFarRidges(easel, 0.2);
      paintGround(easel, snowy(easel, MEADOW));
      const x = between(random, 0.22, 0.42);
      paintTree(easel, {
        x: x - 0.08,
        y: horizon + 0.14,
        height: 0.36,
        distance: 0.15,
        colour: hex('#4a7f3a'),
      });
      paintHouse(easel, { x, foot: horizon + 0.2, size: 0.36, distance: 0.08 });
    },
  },
  castle: {
    words: ['a castle on a hill', 'a medieval castle', 'a fortress', 'a fairy tale castle'],
    ...{ lights: OUTDOORS, horizon: [0.62, 0.7] },
    paint: (easel) => {
      const { horizon } = easel;
      paintSky(easel);
      paintFarRidges(easel, 0.22);
      paintRidge(easel, {
        foot: horizon + 0.16,
        height: 0.2,
        distance: 0.15,
        rock: snowy(easel, { near: hex('#55803f'), far: hex('#55803f') }).near,
        rounded: true,
        scale: 1,
      });
      paintGround(easel, snowy(easel, MEADOW), horizon + 0.06);
      paintCastle(easel, [between(easel.random, 0.14, 0.26), horizon + 0.07, 0.6]);
    },
  },
  ruins: {
    words: ['ruins', 'ancient ruins', 'a ruined temple', 'an abandoned castle'],
    ...{ lights: OUTDOORS, horizon: [0.52, 0.6] },
    paint: (easel) => {
      paintSky(easel);
      paintFarRidges(easel, 0.14);
      paintGround(easel, snowy(easel, { near: hex('#7f8a4a'), far: hex('#b0aa72') }));
      if (easel.random.uniform() < 0.6) paintColumns(easel);
      else paintCastle(easel, [0.2, easel.horizon + 0.14, 0.6], true);
    },
  },
  bridge: {
    words: ['a bridge', 'a bridge over a river', 'a stone bridge', 'a suspension bridge'],
    ...{ lights: OUTDOORS, horizon: [0.54, 0.6] },
    paint: (easel) => {
      const sun = paintSky(easel);
      paintFarRidges(easel, 0.16);
      const hanging = easel.random.uniform() < 0.5;
      paintBridge(easel, hanging);
      paintWater(
        { ...easel, horizon: easel.horizon + (hanging ? 0.06 : 0.1) },
        { colour: hex('#2f6f8f'), rough: 0.25, mirror: 0.7 },
        sun,
      );
    },
  },
  road: {
    words: ['a road', 'a highway', 'a country road', 'a path into the distance'],
    ...{ lights: OUTDOORS, horizon: [0.42, 0.5] },
    paint: (easel) => {
      paintSky(easel);
      paintFarRidges(easel, 0.2);
      paintGround(easel, snowy(easel, { near: hex('#7a8a3f'), far: hex('#a8a860') }));
      paintWay(easel, {
        colour: (across, depth) =>
          Math.abs(across) < 0.05 && (1.4 / (depth + 0.14)) % 1 < 0.55 ? hex('#f2e6b8') : hex('#5d6066'),
        width: 0.5,
        winding: 0.08,
      });
    },
  },
} as const satisfies Record<string, Place>;
