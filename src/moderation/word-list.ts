import { foldDisguised, foldText } from './fold-text.js';

/** The words a place forbids, and phrases that hold one and are allowed all the same. */
export interface WordLists {
  /** A word, a phrase, or the beginning of a word with a `*` behind. */
  readonly blocked: readonly string[];
  readonly allowed: readonly string[];
}

/** Scripts that put no spaces between words: there an entry is found anywhere. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

interface Entry {
  readonly entry: string;
  readonly words: readonly string[];
}

interface Range {
  readonly from: number;
  /** One past the last word. */
  readonly to: number;
}

/**
 * Finds the first forbidden entry in a text, however it is disguised: look-alike letters, accents, invisible characters,
 * digits for letters, stretched (`goooore`) or spelt out (`g o r e`, `g.o.r.e`). Whole words only: `ass` is not in
 * `class`. An entry within an allowed phrase is none.
 */
export function findBlockedWord(text: string, { blocked, allowed }: WordLists): string | undefined {
  if (blocked.length === 0) return undefined;
  const readings = new Set([foldText(text), foldDisguised(text)]);
  const entries = blocked.map(toEntry).filter(({ words }) => words.length > 0);
  const pardons = allowed.map(toEntry).filter(({ words }) => words.length > 0);
  for (const reading of readings) {
    for (const words of waysToRead(reading)) {
      const pardoned = pardons.flatMap(({ words: phrase }) => occurrences(words, phrase));
      const found = entries.find(({ entry, words: phrase }) =>
        UNSPACED.test(entry)
          ? isInUnspaced(reading, entry, allowed)
          : occurrences(words, phrase).some(
              ({ from, to }) => !pardoned.some((pardon) => pardon.from <= from && to <= pardon.to),
            ),
      );
      if (found) return found.entry;
    }
  }
  return undefined;
}

function toEntry(entry: string): Entry {
  return {
    entry,
    words: foldText(entry)
      .split(/[^\p{L}\p{M}\p{N}*]+/u)
      .filter((word) => /[\p{L}\p{N}]/u.test(word)),
  };
}

/** What stands by itself before a word that is spelt out: `a g o r e`. */
const ARTICLE = /^[aio](?=.)/u;

/** The words of folded text, in every way in which an eye may take what is spelt out or broken up. */
function waysToRead(folded: string): readonly (readonly string[])[] {
  const isBroken = /\S[^\p{L}\p{M}\p{N}\s]+\S/u.test(folded);
  return [
    wordsOf(folded, (spelt) => [spelt]),
    wordsOf(folded, (spelt) => {
      const [article = ''] = ARTICLE.exec(spelt) ?? [];
      return [article, spelt.slice(article.length)];
    }),
    // `go.re` and `a g.o.r.e`: whatever no space divides.
    ...(isBroken
      ? [
          folded
            .split(' ')
            .map(joined)
            .filter((word) => word !== ''),
        ]
      : []),
  ];
}

/** Letters that stand alone in a row are a word, or two, since that is how words are spelt out. */
function wordsOf(folded: string, divide: (spelt: string) => readonly string[]): string[] {
  const words: string[] = [];
  let spelt = '';
  const flush = () => {
    // Spelt out, a digit touches no letter until here.
    words.push(...divide(spelt).map(foldDisguised));
    spelt = '';
  };
  for (const word of lettersOf(folded)) {
    if ([...word].length === 1) spelt += word;
    else {
      flush();
      words.push(word);
    }
  }
  flush();
  return words.filter((word) => word !== '');
}

const joined = (chunk: string) => foldDisguised(lettersOf(chunk).join(''));

function lettersOf(text: string): string[] {
  return text.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');
}

function occurrences(words: readonly string[], phrase: readonly string[]): Range[] {
  const found: Range[] = [];
  for (let from = 0; from + phrase.length <= words.length; from += 1) {
    if (phrase.every((wanted, at) => isWord(words[from + at] ?? '', wanted))) {
      found.push({ from, to: from + phrase.length });
    }
  }
  return found;
}

/** Whether a word of a text is the wanted one, also with letters stretched. */
function isWord(word: string, wanted: string): boolean {
  const fits = (candidate: string) =>
    wanted.endsWith('*') ? candidate.startsWith(wanted.slice(0, -1)) : candidate === wanted;
  if (fits(word)) return true;
  if (!/(.)\1\1/u.test(word)) return false;
  const once = word.replace(/(.)\1{2,}/gu, '$1');
  const twice = word.replace(/(.)\1{2,}/gu, '$1$1');
  return fits(once) || fits(twice);
}

function isInUnspaced(reading: string, entry: string, allowed: readonly string[]): boolean {
  const wanted = foldText(entry).replaceAll('*', '').replace(/\s/gu, '');
  const pardons = allowed
    .map((phrase) => foldText(phrase).replace(/\s/gu, ''))
    .filter((phrase) => phrase.includes(wanted));
  let text = reading.replace(/\s/gu, '');
  for (const pardon of pardons) text = text.replaceAll(pardon, '\n');
  return wanted !== '' && text.includes(wanted);
}
