import type { Easel } from '../easel-canvas.js';
import type { LightName } from '../light.js';

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

/** The lights that most places are seen in; snow and northern lights, where it is never warm. */
export const OUTDOORS: readonly LightName[] = [
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
export const WARM: readonly LightName[] = ['dawn', 'noon', 'sunset', 'dusk', 'night', 'storm', 'rain', 'fog'];
export const DRY: readonly LightName[] = ['dawn', 'noon', 'sunset', 'dusk', 'night'];
export const INDOORS: readonly LightName[] = ['noon', 'sunset', 'night', 'rain', 'snow'];
