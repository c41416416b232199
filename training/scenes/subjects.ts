import { BRIGHT } from './moods/bright.js';
import { DARK } from './moods/dark.js';
import { STRANGE } from './moods/strange.js';
import { LAND } from './places/land.js';
import { ROOMS } from './places/rooms.js';
import { SKIES } from './places/skies.js';
import { TOWNS } from './places/towns.js';
import { WATERS } from './places/waters.js';
import { WOODS } from './places/woods.js';

/** Everything that can be painted over the whole canvas: places, and feelings as places. */
export const SUBJECTS = {
  ...LAND,
  ...WOODS,
  ...WATERS,
  ...TOWNS,
  ...SKIES,
  ...ROOMS,
  ...BRIGHT,
  ...DARK,
  ...STRANGE,
} as const;

export type SubjectName = keyof typeof SUBJECTS;
export const SUBJECT_NAMES = Object.keys(SUBJECTS) as readonly SubjectName[]; // the table's own keys
