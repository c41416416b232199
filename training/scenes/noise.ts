import type { Random } from '../../src/paint/random.js';

/** Smooth noise over the plane, 0…1, about one feature a unit. */
export type Noise = (x: number, y: number) => number;

/** Value noise on a lattice of 256 random numbers with quintic steps (Perlin 2002). */
export function createNoise(random: Random): Noise {
  const values = Float32Array.from({ length: 256 }, () => random.uniform());
  const order = Uint8Array.from({ length: 256 }, (_, index) => index);
  for (let index = 255; index > 0; index -= 1) {
    const other = random.integer(index + 1);
    const kept = order[index] ?? 0;
    order[index] = order[other] ?? 0;
    order[other] = kept;
  }
  const at = (x: number, y: number) => values[((order[x & 255] ?? 0) + y) & 255] ?? 0;
  const ease = (t: number) => t * t * t * (t * (t * 6 - 15) + 10);
  return (x, y) => {
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [u, v] = [ease(x - left), ease(y - top)];
    const above = at(left, top) * (1 - u) + at(left + 1, top) * u;
    const below = at(left, top + 1) * (1 - u) + at(left + 1, top + 1) * u;
    return above * (1 - v) + below * v;
  };
}

/** Noise with finer noise on it, 0…1: every octave half as strong and twice as fine (Musgrave 1994). */
export function fractal(noise: Noise, x: number, y: number, octaves: number): number {
  let [sum, total, weight, scale] = [0, 0, 1, 1];
  for (let octave = 0; octave < octaves; octave += 1) {
    sum += weight * noise(x * scale + 17.3 * octave, y * scale + 9.1 * octave);
    total += weight;
    weight *= 0.5;
    scale *= 2.03;
  }
  return sum / total;
}

/** Fractal noise folded into sharp crests, 0…1. */
export function ridged(noise: Noise, x: number, y: number, octaves: number): number {
  let [sum, total, weight, scale] = [0, 0, 1, 1];
  for (let octave = 0; octave < octaves; octave += 1) {
    const crest = 1 - Math.abs(2 * noise(x * scale + 31.7 * octave, y * scale + 5.9 * octave) - 1);
    sum += weight * crest * crest;
    total += weight;
    weight *= 0.5;
    scale *= 2.07;
  }
  return sum / total;
}
