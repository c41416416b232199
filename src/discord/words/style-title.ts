import { STYLES } from '../../requests/styles.js';
import { oneLine } from './markdown.js';
import { TRANSLATIONS } from './text.js';

/** What a style is called in a language, or in English; its name where it is none of ours. */
export function titleOf(name: string, locale: string): string {
  const { title = name, titles = {} } = STYLES[name] ?? {};
  return oneLine(titles[locale] ?? titles[locale.split('-')[0] ?? ''] ?? title);
}

/** A style to choose, in every language that its title has. */
export function styleChoice(name: string) {
  const titles = Object.keys(TRANSLATIONS).map((language) => [language, titleOf(name, language)]);
  return { name: titleOf(name, 'en'), value: name, name_localizations: Object.fromEntries(titles) };
}
