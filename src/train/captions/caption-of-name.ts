import { basename, dirname, extname } from 'node:path';

/** A file's name as words: `red-disc_on green (3).png` is "red disc on green". Numbers at the end only count copies. */
export function captionOfName(name: string): string {
  return words(basename(name, extname(name)));
}

/** The name of the folder that a picture lies in as words, its class; empty for one at the top. */
export function captionOfFolder(name: string): string {
  const folder = dirname(name);
  return folder === '.' ? '' : words(basename(folder));
}

function words(name: string): string {
  const spaced = name.replace(/[-_.+\s]+/g, ' ').trim();
  const named = spaced.replace(/\s*(\(\d+\)|\d+)$/, '').trim();
  return /\p{Letter}/u.test(named) ? named : '';
}
