import { extname } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { UserError } from '../errors.js';
import { readRegularSync } from '../read-regular.js';
import { freshSeed } from '../requests/options.js';

/** What of the command line says how many pictures there shall be. */
export interface BatchOptions {
  readonly count?: number | undefined;
  readonly seeds?: readonly number[] | undefined;
  /** A file with a prompt a line. */
  readonly prompts?: string | undefined;
  readonly seed?: number | undefined;
}

/** One picture of a batch. */
export interface BatchEntry {
  readonly text: string;
  readonly seed: number;
  /** Stands behind the name of its file; empty for a picture alone. */
  readonly suffix: string;
}

export const MOST_PICTURES = 64;
const LAST_SEED = 0xffff_ffff;

/**
 * Every prompt with every seed, in the order of the prompts. `count` takes that many seeds from the given one (or a drawn
 * one) on.
 *
 * @throws UserError when there is no prompt, options exclude each other, or there are too many pictures.
 */
export function planBatch(words: readonly string[], options: BatchOptions): BatchEntry[] {
  const { count, seeds } = options;
  const typed = words.join(' ').trim();
  if (options.prompts !== undefined && typed !== '') {
    throw new UserError('Expected a prompt or a file of them with `--prompts`, got both.');
  }
  if (options.prompts === undefined && typed === '') {
    throw new UserError('Expected a prompt, as in: easel imagine "a castle in the fog".');
  }
  if (seeds !== undefined && (count !== undefined || options.seed !== undefined)) {
    throw new UserError('Expected `--seeds` alone, or `--count` with or without `--seed`.');
  }
  const texts = options.prompts === undefined ? [typed] : readPromptFile(options.prompts);
  const first = options.seed ?? freshSeed();
  const chosen = seeds ?? Array.from({ length: count ?? 1 }, (_, index) => (first + index) % (LAST_SEED + 1));
  if (texts.length * chosen.length > MOST_PICTURES) {
    throw new UserError(
      `Expected at most ${MOST_PICTURES} pictures at a time, got ${texts.length} × ${chosen.length}.`,
    );
  }
  return texts.flatMap((text, line) =>
    chosen.map((seed) => ({
      text,
      seed,
      suffix: [texts.length > 1 ? `-${line + 1}` : '', chosen.length > 1 ? `-${seed}` : ''].join(''),
    })),
  );
}

/** `castle.png` and `-7` → `castle-7.png` */
export function withSuffix(file: string, suffix: string): string {
  const extension = extname(file);
  return `${file.slice(0, file.length - extension.length)}${suffix}${extension}`;
}

/** `1..9`, `3,7,11`, or both. */
export function parseSeeds(text: string): number[] {
  const seeds = text.split(',').flatMap((part) => {
    const match = /^\s*(\d{1,10})(?:\.\.(\d{1,10}))?\s*$/.exec(part);
    const from = Number(match?.[1] ?? Number.NaN);
    const to = Number(match?.[2] ?? from);
    if (!(from <= to && to <= LAST_SEED && to - from < 1000)) {
      throw new InvalidArgumentError('Expected seeds such as 1..9 or 3,7,11.');
    }
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
  return [...new Set(seeds)];
}

function readPromptFile(file: string): string[] {
  let content: string;
  try {
    content = readRegularSync(file).toString('utf8');
  } catch (cause) {
    throw new UserError(`The file of prompts \`${file}\` cannot be read.`, { cause });
  }
  const lines = content.split(/\r?\n/).map((line) => line.trim());
  const texts = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (texts.length === 0) throw new UserError(`Expected a prompt a line in \`${file}\`, found none.`);
  return texts;
}
