import { MOODS } from './moods.js';
import { PLACES } from './places.js';

/** Everything that can be painted over the whole canvas: places, and feelings as places. */
export const SUBJECTS = { ...PLACES, ...MOODS } as const;

export type SubjectName = keyof typeof SUBJECTS;
export const SUBJECT_NAMES = Object.keys(SUBJECTS) as readonly SubjectName[]; // the table's own keys
