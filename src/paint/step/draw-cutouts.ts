import { float32 } from 'onnx-gradients/graph';
import type { Feeds } from '../../runtime/runtime.js';
import type { Random } from '../random.js';

/** How cutouts are drawn; sizes are shares of the picture's shorter side. */
export interface CutoutRecipe {
  /** Share of the cutouts that show the whole picture. */
  readonly wholeShare: number;
  /** Largest window, a little over the picture's edge. */
  readonly largest: number;
  /** Exponent of the distribution of window sizes: u^power. */
  readonly power: number;
  readonly brightness: number;
  readonly contrast: number;
  readonly tint: number;
  readonly noise: number;
}

export const CUTOUT_RECIPE: CutoutRecipe = {
  wholeShare: 1 / 3,
  largest: 1.1,
  power: 1,
  brightness: 0.15,
  contrast: 0.15,
  tint: 0.04,
  noise: 0.08,
};

/** The few numbers a cutout is made from inside the graph; n cutouts, flattened row by row. */
export interface CutoutNumbers {
  /** [n, 2]: centre of the first sample and distance to the next, in pixels, along x (negative: flipped). */
  readonly x: Float32Array;
  /** [n, 2], the same along y. */
  readonly y: Float32Array;
  /** [n, 3]: factor and [n, 3]: summand of each colour channel in 0…1. */
  readonly gains: Float32Array;
  readonly shifts: Float32Array;
  /** [n]: standard deviation of the noise and [n]: where in the bank it is read. */
  readonly noiseScales: Float32Array;
  readonly noiseOffsets: BigInt64Array;
}

/** The numbers as the inputs of a graph, `cutouts.` before their names left out. */
export function cutoutFeeds(numbers: CutoutNumbers): Feeds {
  const { x, y, gains, shifts, noiseScales, noiseOffsets } = numbers;
  const count = noiseScales.length;
  const rows = (data: Float32Array) => float32([count, data.length / count], data);
  return {
    ...{ x: rows(x), y: rows(y), gains: rows(gains), shifts: rows(shifts) },
    noiseScales: float32([count], noiseScales),
    noiseOffsets: { elementType: 'int64', shape: [count], data: noiseOffsets },
  };
}

export interface CutoutOptions {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  /** CLIP's side in pixels. */
  readonly size: number;
  /** How many places of the noise bank a cutout can start at. */
  readonly noisePlaces: number;
  readonly recipe?: CutoutRecipe;
}

/**
 * Draws the numbers of one step's cutouts. The first third are whole views: square windows over the longer side, so that
 * nothing is squashed; the rest are square windows of s = ⌊u^p·(M − m) + m⌋ pixels anywhere on the picture.
 */
export function drawCutouts(random: Random, options: CutoutOptions): CutoutNumbers {
  const { count, width, height, size, noisePlaces, recipe = CUTOUT_RECIPE } = options;
  const [shorter, longer] = [Math.min(width, height), Math.max(width, height)];
  const smallest = shorter * smallestShare(size, shorter);
  const whole = Math.ceil(count * recipe.wholeShare);
  const numbers = emptyNumbers(count);
  for (let index = 0; index < count; index += 1) {
    const isWhole = index < whole;
    const side = isWhole
      ? longer * (1 + (recipe.largest - 1) * random.uniform())
      : Math.floor(random.uniform() ** recipe.power * (shorter * recipe.largest - smallest) + smallest);
    const left = place(random, width, side);
    const top = place(random, height, side);
    const step = side / size;
    const flipped = random.uniform() < 0.5;
    numbers.x.set(flipped ? [left + side - step / 2, -step] : [left + step / 2, step], index * 2);
    numbers.y.set([top + step / 2, step], index * 2);
    setColours(numbers, { index, random, recipe });
    numbers.noiseScales[index] = recipe.noise * random.uniform();
    numbers.noiseOffsets[index] = BigInt(random.integer(noisePlaces));
  }
  return numbers;
}

/** Windows go down to CLIP's own size, where a pixel is a pixel, within sensible shares of the picture. */
function smallestShare(size: number, shorter: number): number {
  return Math.min(0.8, Math.max(0.35, size / shorter));
}

/** The near edge of a window: inside the picture when it fits, else so that it covers the whole side. */
function place(random: Random, length: number, side: number): number {
  return random.uniform() * (length - side);
}

interface ColourDraw {
  readonly index: number;
  readonly random: Random;
  readonly recipe: CutoutRecipe;
}

/** Contrast turns around middle grey: x·a + ½(1 − a) + b. */
function setColours({ gains, shifts }: CutoutNumbers, { index, random, recipe }: ColourDraw): void {
  const around = (extent: number) => extent * (2 * random.uniform() - 1);
  const gain = 1 + around(recipe.contrast);
  const shift = around(recipe.brightness) + (1 - gain) / 2;
  for (let channel = 0; channel < 3; channel += 1) {
    gains[index * 3 + channel] = gain;
    shifts[index * 3 + channel] = shift + around(recipe.tint);
  }
}

function emptyNumbers(count: number): CutoutNumbers {
  return {
    x: new Float32Array(count * 2),
    y: new Float32Array(count * 2),
    gains: new Float32Array(count * 3),
    shifts: new Float32Array(count * 3),
    noiseScales: new Float32Array(count),
    noiseOffsets: new BigInt64Array(count),
  };
}
