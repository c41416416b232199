import type { Picture } from '../../contracts/picture.js';

/** Brightness, red against green, and both against blue: nearly independent of one another in pictures. */
type Opponents = readonly [number, number, number];

const opponents = (r: number, g: number, b: number): Opponents => [(r + g + b) / 3, r - g, (r + g) / 2 - b];

/**
 * A picture with colours brought towards those of another one: every opponent channel gets the other's mean and deviation
 * (Reinhard et al. 2001), as far as `share` of 0…1 says.
 */
export function recoloured(picture: Picture, palette: Picture, share: number): Picture {
  const [own, wanted] = [momentsOf(picture), momentsOf(palette)];
  const pixels = new Uint8Array(picture.pixels.length);
  for (let at = 0; at < pixels.length; at += 3) {
    const [r = 0, g = 0, b = 0] = picture.pixels.subarray(at, at + 3);
    const [light, redness, warmth] = opponents(r, g, b).map((value, channel) => {
      const { mean = 0, deviation = 0 } = own[channel] ?? {};
      const target = wanted[channel] ?? { mean, deviation };
      const moved = target.mean + ((value - mean) * target.deviation) / Math.max(deviation, 1);
      return value + share * (moved - value);
    }) as unknown as Opponents; // three channels stay three
    const middle = light + warmth / 3;
    pixels.set([middle + redness / 2, middle - redness / 2, middle - warmth].map(toByte), at);
  }
  return { ...picture, pixels };
}

const toByte = (value: number) => Math.round(Math.min(255, Math.max(0, value)));

function momentsOf({ pixels }: Picture) {
  const [sums, squares] = [
    [0, 0, 0],
    [0, 0, 0],
  ];
  const count = pixels.length / 3;
  for (let at = 0; at < pixels.length; at += 3) {
    const values = opponents(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0);
    for (const [channel, value] of values.entries()) {
      sums[channel] = (sums[channel] ?? 0) + value;
      squares[channel] = (squares[channel] ?? 0) + value * value;
    }
  }
  return sums.map((sum, channel) => {
    const mean = sum / count;
    return { mean, deviation: Math.sqrt(Math.max(0, (squares[channel] ?? 0) / count - mean * mean)) };
  });
}
