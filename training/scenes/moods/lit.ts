import type { Easel } from '../easel-canvas.js';
import type { Light } from '../light.js';

/** A light with some of it changed: a mood's own sky and air. */
export const lit = (easel: Easel, change: Partial<Light>): Easel => ({
  ...easel,
  light: { ...easel.light, ...change },
});
