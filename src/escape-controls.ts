/** Control characters but for tab and newline, and what turns the direction of text around. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A text that a terminal only shows: whatever would move its cursor, change its title or turn its letters around is written as
 * JSON writes it. Foreign text (titles of models, prompts, names of files) gets everywhere: this stands at the way out.
 */
export function escapeControls(text: string): string {
  return text.replace(CONTROLS, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A line that takes the place of the one before, as our own progress does: back to the start, words, and the rest wiped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it begins and ends with them.
const REWRITTEN = /^\r([^\r]*?)\u001b\[K$/s;

/** The same for a terminal on which our own lines may be written anew. */
export function escapeForTerminal(text: string): string {
  const [, words] = REWRITTEN.exec(text) ?? [];
  return words === undefined ? escapeControls(text) : `\r${escapeControls(words)}\u001b[K`;
}
