import { css, hex, mix, type Rgb, smoothstep } from '../colour.js';
import { between, type Easel, fill, oneOf, shade, SIDE } from '../easel-canvas.js';
import { fractal, ridged } from '../noise.js';
import { paintCanyon, paintDunes, paintVolcano } from '../paint/bare-land.js';
import { paintBlades, paintGround, paintRidge, paintWay } from '../paint/ground.js';
import { paintSpruce, paintTree, paintWood } from '../paint/plants.js';
import { paintSky } from '../paint/sky.js';
import { MEADOW, paintFarRidges, snowy } from './grounds.js';
import { DRY, OUTDOORS, type Place, WARM } from './place.js';

/** Mountains, fields, woods and deserts. */
export const LAND = {
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
} as const satisfies Record<string, Place>;

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
