/** Longer than any name that a person reads to its end. */
const LONG_WORD = /\S{300,}/g;

/**
 * A sentence about a file, fit for a terminal: control characters, and those that turn the direction of writing or hide,
 * are spelt out, and very long names and equations are cut.
 */
export function printable(text: string): string {
  return text
    .replace(LONG_WORD, (word) => `${word.slice(0, 200)}…${word.slice(-20)}`)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
      [...Array(character.length).keys()]
        .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
        .join(''),
    );
}
