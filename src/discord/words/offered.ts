import type { LocalizationMap } from 'discord.js';
import { en, type Text } from './en/text.js';
import { TRANSLATIONS } from './text.js';

/** The way to a command, a subcommand or an option in the tables of words. */
export type OfferKey = keyof Text['offer'];

/** Name and description in every language, as Discord is told them: `...offered('imagine prompt')`. */
export function offered(key: OfferKey) {
  return {
    ...en.offer[key],
    name_localizations: inTranslations(({ offer }) => offer[key].name),
    description_localizations: inTranslations(({ offer }) => offer[key].description),
  };
}

/** The name of something in a menu, in every language. */
export function menuNames(key: keyof Text['menus']) {
  return { name: en.menus[key], name_localizations: inTranslations(({ menus }) => menus[key]) };
}

/** Whether there are words to offer something with. */
export function isOffered(key: string): key is OfferKey {
  return Object.hasOwn(en.offer, key);
}

/** A value to choose, in every language; the value itself where there are no words for it. */
export function offeredChoice<Value extends string | number>(value: Value) {
  const hasWords = (key: string | number): key is keyof Text['choices'] => Object.hasOwn(en.choices, key);
  if (!hasWords(value)) return { name: String(value), value };
  return {
    name: en.choices[value],
    value,
    name_localizations: inTranslations(({ choices }) => choices[value]),
  };
}

function inTranslations(wordsOf: (text: Text) => string): LocalizationMap {
  return Object.fromEntries(
    Object.entries(TRANSLATIONS).map(([language, text]) => [language, wordsOf(text)]),
  );
}
