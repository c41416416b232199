/** Red, green and blue, 0…1 each. */
export type Rgb = readonly [number, number, number];

/** `#rrggbb` as numbers. */
export function hex(text: string): Rgb {
  const value = Number.parseInt(text.slice(1), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

/** From one colour to another; 0 is the first. */
export function mix([a, b, c]: Rgb, [d, e, f]: Rgb, share: number): Rgb {
  return [a + (d - a) * share, b + (e - b) * share, c + (f - c) * share];
}

export function times([a, b, c]: Rgb, [d, e, f]: Rgb): Rgb {
  return [a * d, b * e, c * f];
}

/** A little lighter or darker; 1 leaves it as it is. */
export function scaled([a, b, c]: Rgb, by: number): Rgb {
  return [a * by, b * by, c * by];
}

/** As CSS, with an opacity. */
export function css([r, g, b]: Rgb, alpha = 1): string {
  const byte = (value: number) => Math.round(255 * Math.min(1, Math.max(0, value)));
  return `rgba(${byte(r)}, ${byte(g)}, ${byte(b)}, ${alpha})`;
}

/** How bright it looks (Rec. 709), 0…1. */
export function luma([r, g, b]: Rgb): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The colour at a place of a gradient: stops in rising order. */
export function along(stops: readonly (readonly [number, Rgb])[], at: number): Rgb {
  let [from, first] = stops[0] ?? [0, [0, 0, 0] as Rgb];
  for (const [to, second] of stops) {
    if (at <= to) return to === from ? second : mix(first, second, Math.max(0, (at - from) / (to - from)));
    [from, first] = [to, second];
  }
  return first;
}

/** Smooth from 0 at `low` to 1 at `high`. */
export function smoothstep(low: number, high: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return t * t * (3 - 2 * t);
}
