import type { Random } from '../../src/paint/random.js';
import { oneOf } from './easel-canvas.js';
import { LIGHTS, type LightName } from './light.js';
import { MANNERS, type MannerName } from './manners/manners.js';
import { SUBJECTS, type SubjectName } from './subjects.js';

export interface Named {
  readonly subject: SubjectName;
  /** Nothing where the subject has a light of its own. */
  readonly light: LightName | undefined;
  /** Nothing where it is as it was painted first. */
  readonly manner: MannerName | undefined;
}

/** The words for a picture: its subject, its light, its manner; different words for the same each time. */
export function describe({ subject, light, manner }: Named, random: Random): string {
  const often = <T>(words: readonly [T, ...T[]]) =>
    random.uniform() < 0.4 ? words[0] : oneOf(random, words);
  const seen =
    often<string>(SUBJECTS[subject].words) +
    (light === undefined ? '' : ` ${often<string>(LIGHTS[light].words)}`);
  if (manner === undefined) return seen;
  const how = often<string>(MANNERS[manner].words);
  if (/^an? /.test(how) && random.uniform() < 0.5) return `${how} of ${seen}`;
  return `${seen}, ${random.uniform() < 0.2 ? `in the style of ${how.replace(/^(an? |in the style of )/, '')}` : how}`;
}

const wordsOf = (table: Readonly<Record<string, { readonly words: readonly string[] }>>) =>
  Object.fromEntries(Object.entries(table).map(([name, { words }]) => [name, words]));

/** What every subject, light and manner is called. */
export const WORDS = { subject: wordsOf(SUBJECTS), light: wordsOf(LIGHTS), manner: wordsOf(MANNERS) };
