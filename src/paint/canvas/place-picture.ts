import type { Picture } from '../../contracts/picture.js';
import type { PaintRequest } from '../../requests/paint-request.js';
import { coverPlanes, pictureFromPlanes } from '../latent/resize-picture.js';

export interface Side {
  readonly width: number;
  readonly height: number;
}

/** A picture on a canvas, and what of the canvas it covers: 1 beyond it, 0 on it, row-major. */
export interface Placed {
  readonly picture: Picture;
  readonly beyond: Float32Array;
}

type Place = Exclude<NonNullable<PaintRequest['init']>['place'], 'cover' | undefined>;

/** Which share of the room around it lies left of, and above, a picture. */
const SHARES: Readonly<Record<Place, readonly [number, number]>> = {
  centre: [0.5, 0.5],
  left: [0, 0.5],
  right: [1, 0.5],
  top: [0.5, 0],
  bottom: [0.5, 1],
};

/**
 * A picture in its own size on a canvas, made smaller only where it would not fit; beyond its edges it is mirrored, so that a
 * painting that begins there continues it.
 */
export function placePicture(picture: Picture, canvas: Side, place: Place): Placed {
  const inner = fitting(picture, canvas);
  const [across, down] = SHARES[place];
  const left = Math.round((canvas.width - inner.width) * across);
  const top = Math.round((canvas.height - inner.height) * down);
  const area = canvas.width * canvas.height;
  const pixels = new Uint8Array(3 * area);
  const beyond = new Float32Array(area);
  for (let index = 0; index < area; index += 1) {
    const x = (index % canvas.width) - left;
    const y = Math.floor(index / canvas.width) - top;
    const isOn = x >= 0 && y >= 0 && x < inner.width && y < inner.height;
    const from = 3 * (mirrored(y, inner.height) * inner.width + mirrored(x, inner.width));
    pixels.set(inner.pixels.subarray(from, from + 3), 3 * index);
    beyond[index] = isOn ? 0 : 1;
  }
  return { picture: { ...canvas, pixels }, beyond };
}

function fitting(picture: Picture, canvas: Side): Picture {
  const scale = Math.min(1, canvas.width / picture.width, canvas.height / picture.height);
  if (scale === 1) return picture;
  const [width, height] = [picture.width, picture.height].map((side) =>
    Math.max(1, Math.round(side * scale)),
  );
  if (width === undefined || height === undefined) throw new Error('A picture has two sides.');
  return pictureFromPlanes(coverPlanes(picture, width, height), width, height);
}

/** 0 1 2 2 1 0 0 1 2 … for a length of 3, in both directions. */
function mirrored(at: number, length: number): number {
  const turn = ((at % (2 * length)) + 2 * length) % (2 * length);
  return turn < length ? turn : 2 * length - 1 - turn;
}
