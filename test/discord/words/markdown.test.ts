import { describe, expect, it } from 'vitest';
import { countdown, oneLine, quote, shorten } from '../../../src/discord/words/markdown.js';

describe('quoting somebody', () => {
  it.each([
    [
      '*bold* _it_ ~~no~~ ||spoiler|| `code`',
      '\\*bold\\* \\_it\\_ \\~\\~no\\~\\~ \\|\\|spoiler\\|\\| \\`code\\`',
    ],
    ['# head', '\\# head'],
    ['- item', '\\- item'],
    ['12. item', '12\\. item'],
    [
      '@everyone <@123> <#1> <t:0:R> <:x:1>',
      '\\@everyone \\<\\@123\\> \\<\\#1\\> \\<t\\:0\\:R\\> \\<\\:x\\:1\\>',
    ],
    ['https://example.org [a](b)', 'https\\://example.org \\[a\\]\\(b\\)'],
    ['back\\slash', 'back\\\\slash'],
    ['```\nfence', '\\`\\`\\` fence'],
  ])('leaves no markup alive: %j', (text, escaped) => {
    expect(quote(text)).toBe(escaped);
  });

  it('leaves words, accents, scripts and emoji as they are', () => {
    expect(quote('un café, 富士山 & 👩‍🎨!')).toBe('un café, 富士山 & 👩‍🎨!');
  });

  it.each([1, 2, 10, 57, 58, 59, 100])(
    'cuts to %i units without splitting an escape or a character',
    (limit) => {
      const text = '*👩‍🎨'.repeat(40);
      const cut = quote(text, limit);
      expect(cut.length).toBeLessThanOrEqual(limit);
      expect(cut.endsWith('…')).toBe(true);
      expect(cut.slice(0, -1)).toMatch(/^(\\\*👩‍🎨)*(\\\*)?$/u);
    },
  );
});

describe('one line', () => {
  it('drops what shows nothing or turns the direction of text', () => {
    expect(oneLine(' a\u202eb\u0000\u200b\r\n\t c ')).toBe('ab c');
  });
});

describe('shortening', () => {
  it('keeps what fits', () => expect(shorten('abc', 3)).toBe('abc'));
  it('never cuts a character in half', () => expect(shorten('ab👩‍🎨cd', 6)).toBe('ab…'));
});

describe('a countdown', () => {
  it('never ends before the moment', () => expect(countdown(1500)).toBe('<t:2:R>'));
});
