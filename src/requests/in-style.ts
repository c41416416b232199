import type { Prompt } from './paint-request.js';
import { type Style, STYLES } from './styles.js';

/** How strongly to paint away from what a style is not. */
const AWAY = -0.3;

/** The options that go with a style. */
export function settingsOf(style: string | undefined): NonNullable<Style['settings']> {
  return (style === undefined ? undefined : STYLES[style]?.settings) ?? {};
}

/** The prompts in a style: its words behind each that is painted towards, and what it is not. */
export function inStyle(prompts: readonly Prompt[], style: string | undefined): readonly Prompt[] {
  const found = style === undefined ? undefined : STYLES[style];
  if (!found) return prompts;
  const styled = prompts.map((prompt) =>
    prompt.weight > 0 ? { ...prompt, text: `${prompt.text}, ${found.words}` } : prompt,
  );
  return [...styled, ...(found.away ?? []).map((text) => ({ text, weight: AWAY }))];
}

/** What somebody said: a prompt's text without what a style put behind it. */
export function unstyled(text: string): string {
  const added = Object.values(STYLES).find(({ words }) => text.endsWith(`, ${words}`));
  return added ? text.slice(0, -added.words.length - 2) : text;
}
