import { createCanvas } from '@napi-rs/canvas';
import { randomFromSeed } from '../../src/paint/random.js';
import { between, type Easel, SIDE } from './easel-canvas.js';
import { LIGHTS, type LightName } from './light.js';
import { createNoise } from './noise.js';
import { paintWeather } from './paint/sky.js';
import type { Place } from './places/place.js';
import { fromCanvas, type Raster } from './raster.js';
import { type SubjectName, SUBJECTS } from './subjects.js';

/** A subject, its light, and the number that decides the rest. */
export interface Scene {
  readonly subject: SubjectName;
  readonly light: LightName;
  readonly seed: number;
}

export interface Painted {
  readonly raster: Raster;
  /** Where the sky ended, a share of the height; 0 where there is none. */
  readonly horizon: number;
}

/** Paints a scene, the same for the same seed. */
export function paintScene({ subject, light, seed }: Scene): Painted {
  const random = randomFromSeed(seed);
  const canvas = createCanvas(SIDE, SIDE);
  const { horizon: range, lights, paint }: Place = SUBJECTS[subject];
  const horizon = range ? between(random, ...range) : 0.5;
  const easel: Easel = {
    canvas,
    ctx: canvas.getContext('2d'),
    random,
    noise: createNoise(random),
    light: LIGHTS[light],
    horizon,
  };
  paint(easel);
  if (lights.length > 0 && range) paintWeather(easel);
  return { raster: fromCanvas(canvas), horizon: range ? horizon : 0 };
}
