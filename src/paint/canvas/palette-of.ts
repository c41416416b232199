import type { Picture } from '../../contracts/picture.js';

/** Pixels that are looked at: more change nothing that one sees. */
const MOST_PIXELS = 4096;
const ROUNDS = 12;

/**
 * The colours of a picture, [count, 3] in 0…1: centres of clusters of its pixels (Lloyd 1982), begun from pixels far apart
 * (each the farthest from those chosen), so that a small but distinct colour is among them.
 */
export function paletteOf({ width, height, pixels }: Picture, count: number): Float32Array {
  const stride = Math.max(1, Math.floor((width * height) / MOST_PIXELS));
  const samples: Colour[] = [];
  for (let index = 0; index < width * height; index += stride) {
    const [r = 0, g = 0, b = 0] = pixels.subarray(3 * index, 3 * index + 3);
    samples.push([r / 255, g / 255, b / 255]);
  }
  let centres = spread(samples, count);
  for (let round = 0; round < ROUNDS; round += 1) centres = moved(centres, samples);
  return Float32Array.from(centres.flat());
}

type Colour = readonly [number, number, number];

function spread(samples: readonly Colour[], count: number): Colour[] {
  const centres: Colour[] = [meanOf(samples)];
  const nearest = samples.map((sample) => distance(sample, centres[0] ?? sample));
  while (centres.length < count) {
    const farthest = samples[nearest.indexOf(Math.max(...nearest))] ?? [0, 0, 0];
    centres.push(farthest);
    for (const [index, sample] of samples.entries()) {
      nearest[index] = Math.min(nearest[index] ?? 0, distance(sample, farthest));
    }
  }
  return centres;
}

function moved(centres: readonly Colour[], samples: readonly Colour[]): Colour[] {
  const groups: Colour[][] = centres.map(() => []);
  for (const sample of samples) {
    const distances = centres.map((centre) => distance(centre, sample));
    groups[distances.indexOf(Math.min(...distances))]?.push(sample);
  }
  return groups.map((group, index) => (group.length > 0 ? meanOf(group) : (centres[index] ?? [0, 0, 0])));
}

function meanOf(colours: readonly Colour[]): Colour {
  const sum = (channel: 0 | 1 | 2) => colours.reduce((total, colour) => total + colour[channel], 0);
  const count = Math.max(1, colours.length);
  return [sum(0) / count, sum(1) / count, sum(2) / count];
}

function distance(one: Colour, other: Colour): number {
  return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2;
}
