import type { Random } from '../../paint/random.js';

/** How the colours of a picture differ from what they were. */
export interface ColourChange {
  /** Added to −1…1. */
  readonly brightness: number;
  /** Times the distance from middle grey. */
  readonly contrast: number;
  /** Times the distance from the pixel's own grey. */
  readonly saturation: number;
}

/** Each by up to `strength` in either direction. */
export function randomColours(random: Random, strength: number): ColourChange {
  const around = (middle: number) => middle + strength * (2 * random.uniform() - 1);
  return { brightness: around(0), contrast: around(1), saturation: around(1) };
}

/** Changes a picture of a batch [n, 3, side, side] in −1…1, in place; what leaves that range is cut off. */
export function changeColours(
  batch: Float32Array,
  { index, side }: { readonly index: number; readonly side: number },
  { brightness, contrast, saturation }: ColourChange,
): void {
  const plane = side * side;
  const picture = batch.subarray(index * 3 * plane, (index + 1) * 3 * plane);
  for (let place = 0; place < plane; place += 1) {
    const at = (channel: number) => picture[place + channel * plane] ?? 0;
    const grey = 0.299 * at(0) + 0.587 * at(1) + 0.114 * at(2); // BT.601
    for (let channel = 0; channel < 3; channel += 1) {
      const changed = contrast * (grey + saturation * (at(channel) - grey)) + brightness;
      picture[place + channel * plane] = Math.min(1, Math.max(-1, changed));
    }
  }
}
