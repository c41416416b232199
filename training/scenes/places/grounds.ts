import { hex, type Rgb } from '../colour.js';
import type { Easel } from '../easel-canvas.js';
import { paintRidge } from '../paint/ground.js';

export const MEADOW = { near: hex('#4f8a34'), far: hex('#8fb35a') };
export const snowy = ({ light }: Easel, ground: { readonly near: Rgb; readonly far: Rgb }) =>
  light.falling === 'snow' ? { near: hex('#eef3f8'), far: hex('#d5e0ea'), contrast: 0.25 } : ground;

/** Distant mountains behind something else. */
export function paintFarRidges(easel: Easel, height = 0.16): void {
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
