import { resolveConfusablesTransformer, resolveLeetSpeakTransformer } from 'obscenity';

const lookAlike = resolveConfusablesTransformer().transform;
const leet = resolveLeetSpeakTransformer().transform;

/** What can stand between two letters without being seen, or makes text run the other way. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]/gu;
/** Accents over letters of alphabets; in other scripts a mark is part of the letter. */
const ACCENTS = /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]\p{M}*)\p{M}/gu;
/** Signs that stand for letters when they touch some: `b@d`, `$ad`, `go0d`. */
const DISGUISED =
  /(?<=\p{L}|^|\s)[@$!|(/](?=[\p{L}\d@$])|(?<=\p{L}[\d@$!|(/]*)[\d@$](?![\d.,:]*\d{2})|\d(?=\p{L})/gu;

/**
 * Text as an eye reads it: compatibility forms, accents, invisible characters and letters of other alphabets that look
 * like Latin ones are one form, in lower case. Two texts that look alike fold to the same.
 */
export function foldText(text: string): string {
  const composed = text.normalize('NFKD').replace(INVISIBLE, '').replace(ACCENTS, '').normalize('NFC');
  return mapCharacters(composed, lookAlike).toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** Folded text with digits and signs read as the letters they are used for. */
export function foldDisguised(text: string): string {
  return foldText(text.normalize('NFKC').replace(DISGUISED, (sign) => mapCharacters(sign, leet)));
}

function mapCharacters(text: string, map: (code: number) => number | undefined): string {
  let mapped = '';
  for (const character of text) {
    const code = map(character.codePointAt(0) ?? 0);
    if (code !== undefined) mapped += String.fromCodePoint(code);
  }
  return mapped;
}
