import { hex } from '../colour.js';
import { between } from '../easel-canvas.js';
import { paintBlades, paintGround, paintRidge } from '../paint/ground.js';
import { paintBareTree, paintPalm, paintSpruce, paintTree, paintWood } from '../paint/plants.js';
import { paintSky } from '../paint/sky.js';
import { snowy } from './grounds.js';
import { OUTDOORS, type Place, WARM } from './place.js';

/** Under and between trees. */
export const WOODS = {
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
} as const satisfies Record<string, Place>;
