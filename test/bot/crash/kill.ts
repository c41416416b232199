import { CRASH_POINTS, type CrashPoint, TROUBLE_POINTS } from '../../../src/jobs/crash-points.js';

export const VICTIMS = ['bot', 'painter'] as const;

/** Whom to kill, and the how-manieth time which point is reached. */
export interface Kill {
  readonly victim: (typeof VICTIMS)[number];
  readonly point: CrashPoint;
  readonly hit: number;
}

export function formatKill({ victim, point, hit }: Kill): string {
  return `${victim}:${point}:${hit}`;
}

export function parseKill(text: string): Kill {
  const [victim, point, hit] = text.split(':');
  const known = VICTIMS.find((name) => name === victim);
  const reached = [...CRASH_POINTS, ...TROUBLE_POINTS].find((name) => name === point);
  if (!known || !reached || !(Number(hit) > 0)) throw new Error(`Expected VICTIM:POINT:HIT, got ${text}.`);
  return { victim: known, point: reached, hit: Number(hit) };
}
