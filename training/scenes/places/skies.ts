import { hex, mix, smoothstep } from '../colour.js';
import { between, oneOf, shade } from '../easel-canvas.js';
import { fractal } from '../noise.js';
import { paintBirds, paintPerson } from '../paint/figures.js';
import { paintGround, paintRidge } from '../paint/ground.js';
import { paintSky } from '../paint/sky.js';
import { paintCosmos, paintMoonscape, paintPlanet } from '../paint/space.js';
import { paintFarRidges, snowy } from './grounds.js';
import { OUTDOORS, type Place } from './place.js';

/** Space, clouds, and what stands before little else. */
export const SKIES = {
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
  clouds: {
    words: ['clouds', 'the sky', 'a cloudy sky', 'birds in the sky'],
    ...{ lights: ['dawn', 'noon', 'sunset', 'dusk', 'night', 'storm', 'aurora'], horizon: [0.9, 0.96] },
    paint: (easel) => {
      paintSky(easel);
      paintRidge(easel, { foot: 1.08, height: 0.16, distance: 0.4, rock: hex('#4f6a4a'), rounded: true });
      if (!easel.light.isDark) paintBirds(easel);
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
} as const satisfies Record<string, Place>;
