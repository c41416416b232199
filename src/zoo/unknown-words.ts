import { z } from 'zod';
import type { FindUnknownWords } from '../contracts/unknown-words.js';
import { UserError } from '../errors.js';
import type { LoadedModel } from './load-model.js';

/** What a model's `words.json` says of words that it was not taught. */
const wordsSchema = z.strictObject({
  /** Words that it knows and that come near one that it does not. */
  instead: z.record(z.string(), z.array(z.string()).min(1)),
  /** Words that it does not know and that nobody misses. */
  silent: z.array(z.string()),
});

const vocabularySchema = z.looseObject({
  model: z.looseObject({ vocab: z.record(z.string(), z.int()), unk_token: z.string().default('<unk>') }),
});

/** Before what follows within a word (WordPiece). */
const PART = '##';

/** How many letters may be wrong in a word of so many. */
const slips = (length: number) => (length < 4 ? 0 : length < 7 ? 1 : 2);

/** What a model says of words it does not know; nothing where its manifest names no list of words. */
export async function openUnknownWords({ manifest, read }: LoadedModel): Promise<FindUnknownWords> {
  const [clip] = manifest.clips;
  if (manifest.words === undefined || clip === undefined) return () => [];
  return createUnknownWords({
    tokenizer: await read(clip.tokenizer.file),
    words: await read(manifest.words.file),
  });
}

/**
 * Finds unknown words with the vocabulary of a `tokenizer.json` whose words are whole, and a `words.json`.
 *
 * @throws UserError when the bytes are not those files.
 */
export function createUnknownWords(files: {
  readonly tokenizer: Uint8Array;
  readonly words: Uint8Array;
}): FindUnknownWords {
  const tokenizer = vocabularySchema.safeParse(parseJson(files.tokenizer));
  const words = wordsSchema.safeParse(parseJson(files.words));
  if (!tokenizer.success) throw new UserError('Expected a tokenizer.json with a vocabulary of whole words.');
  if (!words.success) throw new UserError('Expected a words.json with `instead` and `silent`.');
  const { vocab, unk_token: unknown } = tokenizer.data.model;
  const ids = new Map(Object.entries(vocab));
  const taught = [...ids].filter(([word, id]) => !word.startsWith(PART) && id !== ids.get(unknown));
  const known = new Set(taught.map(([word]) => word));
  // Several words may share an id; the last of the reversed list, and so the first, is the one that was taught.
  const spelled = new Map(taught.reverse().map(([word, id]) => [id, word]));
  const { instead, silent } = words.data;
  const near = new Map(Object.entries(instead));
  const quiet = new Set(silent);
  return (text) => {
    const asked = new Set(text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []);
    return [...asked]
      .filter((word) => word.length > 1 && !known.has(word) && !quiet.has(word))
      .map((word) => ({
        word,
        instead: near.get(word) ?? partsOf(word, ids, spelled) ?? nearest(word, known),
      }));
  };
}

/** The known words that a tokenizer reads a word as, from the left and the longest first; undefined where it does not. */
function partsOf(
  word: string,
  ids: ReadonlyMap<string, number>,
  spelled: ReadonlyMap<number, string>,
): readonly string[] | undefined {
  if (ids.has(word)) return undefined; // listed since it only looks as if it had parts
  const found: number[] = [];
  for (let start = 0, end = 0; start < word.length; start = end) {
    const mark = start === 0 ? '' : PART;
    let id: number | undefined;
    for (end = word.length + 1; id === undefined && end > start + 1; ) {
      end -= 1;
      id = ids.get(mark + word.slice(start, end));
    }
    if (id === undefined) return undefined;
    found.push(id);
  }
  return found.flatMap((id) => spelled.get(id) ?? []);
}

/** Undefined, which is no file of ours, where it is no JSON. */
function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Known words of the fewest slips, at most three; none where the nearest is too far. */
function nearest(word: string, known: ReadonlySet<string>): readonly string[] {
  const most = slips(word.length);
  let [best, least]: [string[], number] = [[], most];
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) > least || candidate.length < 3) continue;
    const far = distance(word, candidate);
    if (far < least) [best, least] = [[candidate], far];
    else if (far === least && most > 0) best.push(candidate);
  }
  return best.slice(0, 3);
}

/** Letters to put in, leave out, change, or swap with the next one (Damerau 1964, adjacent swaps only). */
function distance(first: string, second: string): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: second.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= first.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= second.length; column += 1) {
      const cost = first[row - 1] === second[column - 1] ? 0 : 1;
      let least = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + cost,
      );
      const isSwap = first[row - 1] === second[column - 2] && first[row - 2] === second[column - 1];
      if (row > 1 && column > 1 && isSwap) least = Math.min(least, (before[column - 2] ?? 0) + 1);
      next.push(least);
    }
    [before, last] = [last, next];
  }
  return last[second.length] ?? 0;
}
