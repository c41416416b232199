/**
 * How reactions are kept: a Unicode emoji is its own key, a guild's own is `name:id`; the path of a request carries the
 * same, percent-encoded.
 */
export function emojiObject(key: string) {
  const custom = /^(\w{2,32}):(\d+)$/.exec(key);
  return custom === null ? { id: null, name: key } : { id: custom[2] ?? null, name: custom[1] ?? null };
}

/** Whether a path's emoji is one: `name:id`, or a single picture character. */
export function isEmoji(key: string): boolean {
  if (/^\w{2,32}:\d+$/.test(key)) return true;
  const characters = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(key)];
  return characters.length === 1 && /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(key);
}
