import type { Picture } from '../../contracts/picture.js';

type Colour = readonly [red: number, green: number, blue: number];
/** Whether a point lies inside, x and y in −1…1. */
type Figure = (x: number, y: number) => boolean;

const FIGURES = {
  circle: (x, y) => Math.hypot(x, y) < 0.7,
  square: (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 0.62,
  triangle: (x, y) => y < 0.6 && y > -0.7 && Math.abs(x) < (y + 0.7) * 0.55,
  cross: (x, y) => Math.min(Math.abs(x), Math.abs(y)) < 0.22 && Math.max(Math.abs(x), Math.abs(y)) < 0.75,
} as const satisfies Record<string, Figure>;

const COLOURS = {
  red: [214, 32, 32],
  blue: [28, 64, 210],
  green: [24, 150, 48],
  yellow: [246, 208, 20],
} as const satisfies Record<string, Colour>;

/** Pictures that no CLIP mistakes, with what they show. */
export const CAPTIONED: readonly { readonly caption: string; readonly draw: (side: number) => Picture }[] = [
  { caption: 'a red circle', draw: plain('circle', 'red') },
  { caption: 'a blue square', draw: plain('square', 'blue') },
  { caption: 'a green triangle', draw: plain('triangle', 'green') },
  { caption: 'a yellow cross', draw: plain('cross', 'yellow') },
];

/** A picture with flat parts, slopes and edges, as a codec must be able to keep. */
export function drawScene(width: number, height: number): Picture {
  return paint(width, height, (x, y) => {
    if (Math.hypot(x - 0.45, y + 0.5) < 0.2) return COLOURS.yellow;
    if (FIGURES.square((x + 0.4) * 1.6, (y - 0.25) * 1.6)) return [150, 62, 40];
    if (FIGURES.triangle((x + 0.4) * 1.3, (y + 0.42) * 2)) return [92, 40, 34];
    if (y > 0.45 + 0.08 * Math.sin(5 * x)) return [70, 130 - 40 * x, 52];
    return [110 + 60 * (y + 1), 160 + 35 * (y + 1), 226];
  });
}

function plain(figure: keyof typeof FIGURES, colour: keyof typeof COLOURS) {
  return (side: number) =>
    paint(side, side, (x, y) => (FIGURES[figure](x, y) ? COLOURS[colour] : [255, 255, 255]));
}

function paint(width: number, height: number, colourAt: (x: number, y: number) => Colour): Picture {
  const pixels = new Uint8Array(3 * width * height);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const colour = colourAt((2 * column + 1) / width - 1, (2 * row + 1) / height - 1);
      pixels.set(
        colour.map((value) => Math.max(0, Math.min(255, Math.round(value)))),
        3 * (row * width + column),
      );
    }
  }
  return { width, height, pixels };
}
