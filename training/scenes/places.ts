import { css, hex, mix, type Rgb, smoothstep } from './colour.js';
import { between, type Easel, fill, oneOf, SIDE, shade } from './easel-canvas.js';
import type { LightName } from './light.js';
import { fractal, ridged } from './noise.js';
import { paintBirds, paintBoat, paintPerson } from './paint/figures.js';
import {
  paintBlades,
  paintCanyon,
  paintDunes,
  paintGround,
  paintRidge,
  paintVolcano,
  paintWay,
} from './paint/land.js';
import { paintBareTree, paintPalm, paintSpruce, paintTree, paintWood } from './paint/plants.js';
import { paintCandle, paintRoom, paintStillLife } from './paint/rooms.js';
import { paintSky } from './paint/sky.js';
import { paintCosmos, paintMoonscape, paintPlanet } from './paint/space.js';
import {
  paintBridge,
  paintCastle,
  paintColumns,
  paintHouse,
  paintLighthouse,
  paintSkyline,
  paintStreet,
  paintVillage,
} from './paint/town.js';
import { paintBreakers, paintFall, paintUnderwater, paintWater } from './paint/water.js';

/** A place that can be painted in a light. */
export interface Place {
  /** What it is called; the first most often. */
  readonly words: readonly [string, ...string[]];
  /** The lights it is seen in; none where it has its own, and then captions name none. */
  readonly lights: readonly LightName[];
  /** Where the sky may end, a share of the height; none where there is no sky. */
  readonly horizon?: readonly [number, number];
  readonly paint: (easel: Easel) => void;
}

const OUTDOORS: readonly LightName[] = [
  'dawn',
  'noon',
  'sunset',
  'dusk',
  'night',
  'storm',
  'rain',
  'fog',
  'snow',
  'aurora',
];
const WARM: readonly LightName[] = ['dawn', 'noon', 'sunset', 'dusk', 'night', 'storm', 'rain', 'fog'];
const DRY: readonly LightName[] = ['dawn', 'noon', 'sunset', 'dusk', 'night'];
const INDOORS: readonly LightName[] = ['noon', 'sunset', 'night', 'rain', 'snow'];

const MEADOW = { near: hex('#4f8a34'), far: hex('#8fb35a') };
const snowy = ({ light }: Easel, ground: { readonly near: Rgb; readonly far: Rgb }) =>
  light.falling === 'snow' ? { near: hex('#eef3f8'), far: hex('#d5e0ea'), contrast: 0.25 } : ground;

/** Distant mountains behind something else. */
function paintFarRidges(easel: Easel, height = 0.16): void {
  const { horizon } = easel;
  paintRidge(easel, {
    foot: horizon + 0.02,
    height: height * 1.25,
    distance: 0.85,
    rock: hex('#5d6a7d'),
    snow: 0.62,
  });
  paintRidge(easel, {
    foot: horizon + 0.02,
    height: height * 0.7,
    distance: 0.62,
    rock: hex('#55654f'),
    scale: 3.4,
    rounded: true,
  });
}

export const PLACES = {
  mountains: {
    words: ['mountains', 'snowy mountains', 'a mountain range', 'the alps'],
    ...{ lights: OUTDOORS, horizon: [0.58, 0.68] },
    paint: (easel) => {
      const { horizon } = easel;
      paintSky(easel);
      paintRidge(easel, {
        foot: horizon + 0.04,
        height: 0.52,
        distance: 0.72,
        rock: hex('#66707f'),
        snow: 0.38,
        scale: 2.2,
      });
      paintRidge(easel, {
        foot: horizon + 0.1,
        height: 0.36,
        distance: 0.42,
        rock: hex('#5b5f68'),
        snow: 0.55,
        scale: 2.8,
      });
      paintRidge(easel, {
        foot: horizon + 0.2,
        height: 0.2,
        distance: 0.2,
        rock: hex('#47603f'),
        scale: 3,
        rounded: true,
      });
      paintGround(easel, snowy(easel, { near: hex('#3f6a34'), far: hex('#587a48') }), horizon + 0.16);
      paintWood(
        { ...easel, horizon: horizon + 0.14 },
        { colour: hex('#2c5a3c'), paint: paintSpruce, rows: 2, front: 1.02, height: 0.2 },
      );
    },
  },
  hills: {
    words: ['rolling hills', 'green hills', 'the countryside'],
    ...{ lights: OUTDOORS, horizon: [0.42, 0.52] },
    paint: (easel) => {
      const { horizon, random } = easel;
      paintSky(easel);
      const green = () => mix(hex('#6fa03e'), hex('#a3b04a'), random.uniform());
      for (const [row, distance] of [0.82, 0.58, 0.34, 0.1].entries()) {
        const rock = easel.light.falling === 'snow' ? hex('#eef3f8') : green();
        paintRidge(easel, {
          foot: horizon + 0.1 + 0.17 * row,
          height: 0.13 + 0.02 * row,
          distance,
          rock,
          rounded: true,
          scale: 2.2 - 0.2 * row,
        });
        for (let tree = 0; tree < 3; tree += 1)
          paintTree(easel, {
            x: random.uniform(),
            y: horizon + 0.06 + 0.15 * row,
            height: 0.05 + 0.035 * row,
            distance,
            colour: hex('#4b7a3a'),
          });
      }
    },
  },
  desert: {
    words: ['sand dunes', 'a desert', 'the sahara'],
    ...{ lights: DRY, horizon: [0.36, 0.5] },
    paint: (easel) => {
      paintSky(easel);
      paintDunes(easel);
    },
  },
  canyon: {
    words: ['a canyon', 'a red canyon', 'a gorge'],
    ...{ lights: DRY, horizon: [0.48, 0.56] },
    paint: (easel) => {
      paintSky(easel);
      paintCanyon(easel);
      paintWay(easel, { colour: () => hex('#4f8f9a'), width: 0.3, winding: 0.05 });
    },
  },
  meadow: {
    words: ['a meadow of flowers', 'a flower field', 'wildflowers'],
    ...{ lights: WARM, horizon: [0.4, 0.5] },
    paint: (easel) => {
      const { horizon, random } = easel;
      paintSky(easel);
      paintFarRidges(easel);
      paintGround(easel, MEADOW);
      paintBlades(easel, {
        colours: [hex('#4c8a33'), hex('#6fa544'), hex('#3d7330')],
        from: horizon + 0.06,
        count: 900,
        height: 0.09,
      });
      paintBlossoms(
        easel,
        oneOf(random, [
          [hex('#e2404a'), hex('#f05a4a')],
          [hex('#8a5ad0'), hex('#b088e8')],
          [hex('#f4c430'), hex('#ffffff')],
          [hex('#f07ab0'), hex('#f4c430'), hex('#7a8af0')],
        ]),
      );
    },
  },
  wheat: {
    words: ['a wheat field', 'a golden field', 'a field of grain'],
    ...{ lights: WARM, horizon: [0.36, 0.48] },
    paint: (easel) => {
      paintSky(easel);
      paintFarRidges(easel, 0.09);
      paintGround(easel, { near: hex('#c08a2a'), far: hex('#e0bb62') });
      paintBlades(easel, {
        colours: [hex('#e0b44a'), hex('#c9942f'), hex('#f0d07a')],
        from: easel.horizon + 0.02,
        count: 1500,
        height: 0.11,
      });
    },
  },
  forest: {
    words: ['a forest', 'the woods', 'a pine forest'],
    ...{ lights: OUTDOORS, horizon: [0.42, 0.52] },
    paint: (easel) => {
      paintSky(easel);
      paintRidge(easel, {
        foot: easel.horizon + 0.05,
        height: 0.2,
        distance: 0.8,
        rock: hex('#4f6a55'),
        rounded: true,
      });
      paintGround(easel, snowy(easel, { near: hex('#34552c'), far: hex('#55704a') }));
      paintWood(easel, { colour: hex('#2f6a45'), paint: paintSpruce, rows: 4, front: 0.97, height: 0.52 });
    },
  },
  autumn: {
    words: ['an autumn forest', 'a forest in autumn', 'autumn trees', 'fall colors'],
    ...{ lights: WARM, horizon: [0.5, 0.58] },
    paint: (easel) => {
      paintSky(easel);
      paintGround(easel, { near: hex('#a8622a'), far: hex('#c9934a') });
      for (const [row, colour] of [hex('#c9762a'), hex('#d89a2c'), hex('#b8402a')].entries()) {
        paintWood(easel, {
          colour,
          paint: paintTree,
          rows: 1 + row,
          front: 0.7 + 0.1 * row,
          height: 0.3 + 0.12 * row,
        });
      }
    },
  },
  jungle: {
    words: ['a jungle', 'a rainforest', 'a tropical forest'],
    ...{ lights: ['dawn', 'noon', 'sunset', 'night', 'rain', 'fog'], horizon: [0.42, 0.5] },
    paint: (easel) => {
      paintSky(easel);
      paintGround(easel, { near: hex('#1f4a24'), far: hex('#3f6f3a') });
      paintWood(easel, { colour: hex('#2f7a3f'), paint: paintTree, rows: 3, front: 0.86, height: 0.5 });
      paintWood(easel, { colour: hex('#3f9a4a'), paint: paintPalm, rows: 2, front: 1, height: 0.55 });
      paintBlades(easel, {
        colours: [hex('#2f8a3f'), hex('#1f5f30'), hex('#58b04a')],
        from: 0.8,
        count: 260,
        height: 0.2,
      });
    },
  },
  volcano: {
    words: ['a volcano', 'a volcanic eruption', 'lava'],
    ...{ lights: ['noon', 'sunset', 'dusk', 'night', 'storm'], horizon: [0.68, 0.74] },
    paint: (easel) => {
      paintSky(easel);
      paintVolcano(easel);
      paintGround(easel, { near: hex('#3d2f2c'), far: hex('#5a4440'), contrast: 0.8 });
    },
  },
  cave: {
    words: ['a cave', 'a cavern', 'a crystal cave', 'glowing crystals'],
    lights: [],
    paint: paintCrystals,
  },
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
  nebula: {
    words: ['a nebula', 'a galaxy', 'outer space', 'the milky way', 'the cosmos'],
    lights: [],
    paint: (easel) => paintCosmos(easel, 1),
  },
  planet: {
    words: ['a planet in space', 'an alien planet', 'a planet with rings', 'a gas giant'],
    lights: [],
    paint: (easel) => {
      const { random } = easel;
      paintCosmos(easel, 0.55);
      paintPlanet(easel, {
        x: between(random, 0.35, 0.65),
        y: between(random, 0.4, 0.6),
        radius: between(random, 0.22, 0.3),
        kind: oneOf(random, ['banded', 'rocky', 'ocean']),
        ringed: random.uniform() < 0.55,
      });
      paintPlanet(easel, {
        x: between(random, 0.08, 0.2),
        y: between(random, 0.1, 0.3),
        radius: 0.05,
        kind: 'rocky',
        ringed: false,
      });
    },
  },
  moon: {
    words: ['the surface of the moon', 'a moon landscape', 'a lunar landscape'],
    ...{ lights: [], horizon: [0.56, 0.66] },
    paint: (easel) => {
      paintCosmos(easel, 0.25);
      paintPlanet(easel, {
        x: between(easel.random, 0.25, 0.75),
        y: 0.26,
        radius: between(easel.random, 0.12, 0.18),
        kind: 'ocean',
        ringed: false,
      });
      paintMoonscape(easel);
    },
  },
  fruit: {
    words: ['a still life', 'a still life with fruit', 'a bowl of fruit on a table', 'fruit and a jug'],
    lights: [],
    paint: (easel) => paintStillLife(easel, false),
  },
  bouquet: {
    words: ['flowers in a vase', 'a vase of flowers', 'a bouquet on a table', 'a still life with flowers'],
    lights: [],
    paint: (easel) => paintStillLife(easel, true),
  },
  room: {
    words: ['a room', 'a room with a window', 'an interior', 'a bedroom'],
    lights: INDOORS,
    paint: paintRoom,
  },
  candle: { words: ['a candle in the dark', 'candlelight', 'a candle'], lights: [], paint: paintCandle },
  lonelyTree: {
    words: ['a lonely tree', 'a tree on a hill', 'a single tree in a field'],
    ...{ lights: OUTDOORS, horizon: [0.6, 0.68] },
    paint: (easel) => {
      const { horizon, random, light } = easel;
      paintSky(easel);
      paintRidge(easel, {
        foot: horizon + 0.1,
        height: 0.12,
        distance: 0.3,
        rock: snowy(easel, { near: hex('#7d9a4a'), far: hex('#7d9a4a') }).near,
        rounded: true,
        scale: 0.8,
      });
      paintGround(easel, snowy(easel, { near: hex('#5f8038'), far: hex('#7d9a4a') }), horizon + 0.05);
      const plant = {
        x: between(random, 0.3, 0.7),
        y: horizon + 0.08,
        height: 0.46,
        distance: 0.05,
        colour: hex('#4a7a38'),
      };
      if (light.falling === 'snow' || random.uniform() < 0.3)
        paintBareTree(easel, { ...plant, colour: hex('#2f2622') });
      else paintTree(easel, plant);
    },
  },
  figure: {
    words: ['a person looking at the horizon', 'a lone figure in a landscape', 'a traveler', 'a wanderer'],
    ...{ lights: OUTDOORS, horizon: [0.52, 0.6] },
    paint: (easel) => {
      paintSky(easel);
      paintFarRidges(easel, 0.3);
      paintGround(easel, snowy(easel, { near: hex('#6f8048'), far: hex('#9fa568') }));
      paintPerson(easel, { x: between(easel.random, 0.38, 0.62), y: 0.9, height: 0.34 });
    },
  },
  backdrop: {
    words: ['a plain backdrop', 'a studio backdrop'],
    lights: [],
    paint: (easel) => {
      const { random, noise } = easel;
      const [first, second] = oneOf(random, [
        [hex('#c9b79a'), hex('#7d6a55')],
        [hex('#9fb3b8'), hex('#4f6672')],
        [hex('#c8a0a0'), hex('#7a4f5f')],
        [hex('#b5b88a'), hex('#66704a')],
      ] as const);
      const shift = random.uniform() * 90;
      shade(easel, (x, y) => {
        const far = Math.hypot(x - 0.45, y - 0.4) + 0.3 * (fractal(noise, x * 3 + shift, y * 3, 4) - 0.5);
        return [mix(first, second, smoothstep(0.05, 0.75, far)), 1];
      });
    },
  },
  clouds: {
    words: ['clouds', 'the sky', 'a cloudy sky', 'birds in the sky'],
    ...{ lights: ['dawn', 'noon', 'sunset', 'dusk', 'night', 'storm', 'aurora'], horizon: [0.9, 0.96] },
    paint: (easel) => {
      paintSky(easel);
      paintRidge(easel, { foot: 1.08, height: 0.16, distance: 0.4, rock: hex('#4f6a4a'), rounded: true });
      if (!easel.light.isDark) paintBirds(easel);
    },
  },
} as const satisfies Record<string, Place>;

/** Flower heads, larger towards the viewer. */
function paintBlossoms(easel: Easel, colours: readonly [Rgb, ...Rgb[]]): void {
  const { random, horizon, light, ctx } = easel;
  for (let flower = 0; flower < 420; flower += 1) {
    const depth = (flower / 420) ** 0.6;
    const y = horizon + 0.03 + (0.97 - horizon) * depth + between(random, -0.02, 0.02);
    const [r, g, b] = oneOf(random, colours);
    const dim = between(random, 0.75, 1.1);
    const [ar, ag, ab] = light.ambient;
    ctx.fillStyle = css([r * dim * ar, g * dim * ag, b * dim * ab]);
    ctx.beginPath();
    const size = (0.003 + 0.011 * depth ** 1.6) * SIDE;
    ctx.ellipse(random.uniform() * SIDE, y * SIDE, size, size * 0.75, 0, 0, 2 * Math.PI);
    ctx.fill();
  }
}

/** A cave of rock with crystals that glow. */
function paintCrystals(easel: Easel): void {
  const { random, noise } = easel;
  const hue = oneOf(random, [hex('#58e0ff'), hex('#c86bff'), hex('#6bffb0'), hex('#ff7ab8')]);
  const shift = random.uniform() * 90;
  const [mx, my] = [between(random, 0.4, 0.6), between(random, 0.45, 0.58)];
  shade(easel, (x, y) => {
    const rough = ridged(noise, x * 4 + shift, y * 4, 5);
    const far =
      Math.hypot((x - mx) / 0.36, (y - my) / 0.3) + 0.5 * (fractal(noise, x * 5 + shift, y * 5, 4) - 0.5);
    const rock = mix([0.05, 0.05, 0.09], [0.3, 0.27, 0.34], rough * smoothstep(1.8, 0.6, far));
    return [
      mix(
        mix(rock, hue, smoothstep(1.7, 0.2, far) * 0.38 * (0.4 + rough)),
        [0.9, 1, 1],
        smoothstep(0.5, 0, far) * 0.5,
      ),
      1,
    ];
  });
  for (let crystal = 0; crystal < 26; crystal += 1) {
    const above = crystal % 4 === 0;
    const x = random.uniform();
    const foot = above ? between(random, -0.02, 0.1) : 1.02 - 0.3 * Math.abs(x - 0.5) * random.uniform();
    const tall = between(random, 0.1, 0.36) * (0.5 + 1.1 * Math.abs(x - 0.5)) * (above ? -0.8 : 1);
    const [lean, wide] = [(x - 0.5) * 0.35 * Math.abs(tall) * 2, Math.abs(tall) * 0.13];
    const tip: readonly [number, number] = [x - lean, foot - tall];
    const shoulder = foot - tall * 0.8;
    fill(
      easel,
      [
        [x - wide, foot],
        [x - lean * 0.8 - wide, shoulder],
        tip,
        [x - lean * 0.8, shoulder + tall * 0.05],
        [x, foot],
      ],
      css(mix(hue, [1, 1, 1], 0.45), 0.95),
    );
    fill(
      easel,
      [
        [x, foot],
        [x - lean * 0.8, shoulder + tall * 0.05],
        tip,
        [x - lean * 0.8 + wide, shoulder],
        [x + wide, foot],
      ],
      css(mix(hue, [0.05, 0.05, 0.2], 0.5), 0.95),
    );
  }
}
