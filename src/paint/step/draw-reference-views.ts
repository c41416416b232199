import { float32 } from 'onnx-gradients/graph';
import type { Feeds } from '../../runtime/runtime.js';
import type { Random } from '../random.js';

export interface ReferenceOptions {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  /** CLIP's side in pixels. */
  readonly size: number;
}

/** What the reference draws a view from. */
const REFERENCE = {
  ...{ flips: 0.5, turns: 0.8, turn: Math.PI / 6, shift: 0.1 },
  ...{ tilts: 0.4, tilt: 0.1, tints: 0.7, tint: 0.01, noise: 0.1 },
} as const;

type Matrix = readonly (readonly [number, number, number])[];

/** Draws the inputs of `referenceViews`, `cutouts.` before their names left out. */
export function drawReferenceViews(random: Random, { count, width, height, size }: ReferenceOptions): Feeds {
  const [smallest, largest] = [Math.min(width, height, size), Math.min(width, height)];
  const crops: number[] = [];
  const warps: number[] = [];
  const colours: number[] = [];
  const noise = new Float32Array(count * 3 * size * size);
  for (let view = 0; view < count; view += 1) {
    const side = Math.floor(random.uniform() * (largest - smallest) + smallest);
    crops.push(random.integer(width - side + 1), random.integer(height - side + 1), side);
    warps.push(...drawWarp(random).flat());
    colours.push(...drawTint(random).flat());
    const scale = REFERENCE.noise * random.uniform();
    const length = 3 * size * size;
    for (let at = 0; at < length; at += 1) noise[view * length + at] = scale * random.normal();
  }
  return {
    crops: float32([count, 3], crops),
    warps: float32([count, 3, 3], warps),
    colours: float32([count, 3, 3], colours),
    noise: float32([count, 3, size, size], noise),
  };
}

/** A flip, a turn with a shift, and a tilt, each perhaps. */
function drawWarp(random: Random): Matrix {
  const within = (extent: number) => extent * (2 * random.uniform() - 1);
  const flip = random.uniform() < REFERENCE.flips ? -1 : 1;
  const [turns, tilts] = [random.uniform() < REFERENCE.turns, random.uniform() < REFERENCE.tilts];
  const angle = within(REFERENCE.turn);
  // Shifts are shares of the whole side, which is 2 long here.
  const [x, y] = [2 * within(REFERENCE.shift), 2 * within(REFERENCE.shift)];
  const [p, q] = [within(REFERENCE.tilt), within(REFERENCE.tilt)];
  const [cos, sin] = turns ? [Math.cos(angle), Math.sin(angle)] : [1, 0];
  return [[flip * cos, -sin, turns ? x : 0], [flip * sin, cos, turns ? y : 0], tilts ? [p, q, 1] : [0, 0, 1]];
}

/** A little more or less colour: grey + f·(x − grey), with the brightness of BT.601. */
function drawTint(random: Random): Matrix {
  const isTinted = random.uniform() < REFERENCE.tints;
  const factor = 1 + REFERENCE.tint * (2 * random.uniform() - 1);
  const f = isTinted ? factor : 1;
  const grey = [0.299, 0.587, 0.114].map((share) => share * (1 - f)) as [number, number, number]; // three channels
  return [0, 1, 2].map((channel) =>
    grey.map((share, from) => share + (from === channel ? f : 0)),
  ) as unknown as Matrix; // 3 × 3
}
