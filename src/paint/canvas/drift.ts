import type { Picture } from '../../contracts/picture.js';
import type { PaintRequest } from '../../requests/paint-request.js';

type Drift = NonNullable<PaintRequest['drift']>;

/** Whether a picture moves before a step. */
export function driftsBefore(step: number, { drift }: PaintRequest): boolean {
  return drift !== undefined && step > 1 && (step - 1) % drift.every === 0;
}

/**
 * A picture moved once: everything lies `zoom` times as far from its middle and `x`, `y` pixels further right and down. Sampled
 * bilinearly; what comes in at an edge is mirrored from within.
 */
export function drifted({ width, height, pixels }: Picture, { zoom, x, y }: Drift): Picture {
  const moved = new Uint8Array(pixels.length);
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  for (let row = 0; row < height; row += 1) {
    const fromY = reflected((row - middleY - y) / zoom + middleY, height);
    const [top, down] = [Math.floor(fromY), fromY - Math.floor(fromY)];
    const bottom = Math.min(top + 1, height - 1);
    for (let column = 0; column < width; column += 1) {
      const fromX = reflected((column - middleX - x) / zoom + middleX, width);
      const [left, right] = [Math.floor(fromX), fromX - Math.floor(fromX)];
      const next = Math.min(left + 1, width - 1);
      for (let channel = 0; channel < 3; channel += 1) {
        const at = (r: number, c: number) => pixels[3 * (r * width + c) + channel] ?? 0;
        const upper = at(top, left) * (1 - right) + at(top, next) * right;
        const lower = at(bottom, left) * (1 - right) + at(bottom, next) * right;
        moved[3 * (row * width + column) + channel] = Math.round(upper * (1 - down) + lower * down);
      }
    }
  }
  return { width, height, pixels: moved };
}

/** A place on a line that turns back at both ends. */
function reflected(at: number, length: number): number {
  const last = length - 1;
  if (last === 0) return 0;
  const turn = ((at % (2 * last)) + 2 * last) % (2 * last);
  return turn <= last ? turn : 2 * last - turn;
}
