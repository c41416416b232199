import { css, hex, mix, smoothstep } from '../colour.js';
import { between, type Easel, glow, shade } from '../easel-canvas.js';
import { type Light, LIGHTS } from '../light.js';
import { fractal } from '../noise.js';
import { paintPerson } from '../paint/figures.js';
import { paintGround, paintRidge } from '../paint/ground.js';
import { paintBareTree } from '../paint/plants.js';
import { paintSky } from '../paint/sky.js';
import { paintBreakers, paintWater } from '../paint/water.js';
import type { Place } from '../places/place.js';
import { lit } from './lit.js';

/** Feelings as cold, empty or burning places; each has its own light. */
export const DARK = {
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
} as const satisfies Record<string, Place>;

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
