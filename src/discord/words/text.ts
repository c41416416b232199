import { de } from './de/text.js';
import { en, type Text } from './en/text.js';
import { ja } from './ja/text.js';

export type { Text } from './en/text.js';

/** Every translation, by the name Discord has for the language; English is there for everybody else. */
export const TRANSLATIONS = { de, ja } as const satisfies Readonly<Record<string, Text>>;

const TEXTS: Readonly<Record<string, Text>> = { en, ...TRANSLATIONS };

/** The sentences in a language (`de`, `en-GB`, …), or in English. */
export function textFor(locale: string): Text {
  return TEXTS[locale] ?? TEXTS[locale.split('-')[0] ?? ''] ?? en;
}
