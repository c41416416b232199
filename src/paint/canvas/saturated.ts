import type { Picture } from '../../contracts/picture.js';

/**
 * A picture with more or less colour: how far channels are from their mean is multiplied by 1 + s/(1 + s), or below 0 divided by
 * 1 + |s|. A pull of 1 is begun half as colourful again, one of −1 with half the colour.
 */
export function saturated(picture: Picture, strength: number): Picture {
  const size = Math.abs(strength);
  const factor = strength > 0 ? 1 + size / (1 + size) : 1 / (1 + size);
  const pixels = new Uint8Array(picture.pixels.length);
  for (let at = 0; at < pixels.length; at += 3) {
    const colour = picture.pixels.subarray(at, at + 3);
    const mean = colour.reduce((sum, value) => sum + value, 0) / 3;
    pixels.set(
      Array.from(colour, (value) => Math.round(Math.min(255, Math.max(0, mean + factor * (value - mean))))),
      at,
    );
  }
  return { ...picture, pixels };
}
