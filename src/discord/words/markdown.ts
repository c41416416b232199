/**
 * Everything Discord gives a meaning to: emphasis, quotes, headings, lists, links, mentions, emoji, timestamps. A
 * backslash before punctuation is always taken as an escape, so escaping too much is harmless.
 */
const PUNCTUATION = /[\\`*_~|<>#[\]()@:+=-]/g;
/** `1.` at the start of a line would begin a numbered list. */
const NUMBERED = /^(\s*\d+)\./;
/** Characters that show nothing, or turn the direction of the text around them. */
const INVISIBLE = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu;

const ELLIPSIS = '…';

/** Whitespace of any kind becomes single spaces; control and direction characters are dropped. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(INVISIBLE, '').trim();
}

/** At most `limit` UTF-16 units (what Discord counts), never half a character, with an ellipsis where cut. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let cut = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (cut.length + segment.length + ELLIPSIS.length > limit) break;
    cut += segment;
  }
  return cut + ELLIPSIS;
}

/**
 * Somebody's words on one line, as they wrote them: no markup, no mention, no link survives. At most `limit` UTF-16
 * units after escaping; an escape is never cut from what it escapes.
 */
export function quote(text: string, limit = Number.POSITIVE_INFINITY): string {
  const escaped = (part: string) => part.replace(PUNCTUATION, '\\$&');
  const line = oneLine(text);
  const whole = escaped(line).replace(NUMBERED, '$1\\.');
  if (whole.length <= limit) return whole;
  let cut = '';
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    const next = escaped(segment);
    if (cut.length + next.length + ELLIPSIS.length > limit) break;
    cut += next;
  }
  return cut + ELLIPSIS;
}

/** `<t:…:R>`, a moment in the past as every reader's client tells it, in whole seconds that have passed. */
export function ago(epochMs: number): string {
  return `<t:${Math.floor(epochMs / 1000)}:R>`;
}

/** `<t:…:R>`, a moment that every reader's client shows as "in 2 minutes" and counts down. */
export function countdown(epochMs: number): string {
  return `<t:${Math.ceil(epochMs / 1000)}:R>`;
}
