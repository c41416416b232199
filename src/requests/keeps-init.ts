import type { PaintRequest } from './paint-request.js';

/** Whether the start picture stays as it is somewhere on the canvas: outside a mask, or with room painted around it. */
export function keepsInit({ mask, place = 'cover' }: NonNullable<PaintRequest['init']>): boolean {
  return mask !== undefined || place !== 'cover';
}
