import { describe, expect, it } from 'vitest';
import { foldText } from '../../src/moderation/fold-text.js';
import { findBlockedWord } from '../../src/moderation/word-list.js';

const lists = { blocked: ['gore', 'severed head', 'blood*', '血', 'ass'], allowed: ['blood orange', '血圧'] };

describe('findBlockedWord', () => {
  it.each([
    ['plain', 'a room full of gore', 'gore'],
    ['in capitals', 'GORE', 'gore'],
    ['with punctuation', 'pure “gore”, everywhere', 'gore'],
    ['with accents', 'gòrê', 'gore'],
    ['with combining marks', 'g\u0335o\u0336r\u0337e\u0338', 'gore'],
    ['with invisible characters', 'go\u200bre and g\u00adore', 'gore'],
    ['with a right-to-left override', '\u202Egore', 'gore'],
    ['in Cyrillic look-alikes', 'gоrе', 'gore'],
    ['in full width', 'ｇｏｒｅ', 'gore'],
    ['in mathematical letters', '𝓰𝓸𝓻𝓮', 'gore'],
    ['in circles', 'ⓖⓞⓡⓔ', 'gore'],
    ['with digits for letters', 'g0r3', 'gore'],
    ['with signs for letters', 'an a$$', 'ass'],
    ['stretched', 'goooooore', 'gore'],
    ['spelt out', 'g o r e', 'gore'],
    ['with dots between', 'g.o.r.e', 'gore'],
    ['spelt out behind an article', 'a g o r e scene', 'gore'],
    ['with dots between, behind an article', 'a g.o.r.e scene', 'gore'],
    ['with dots between and digits for letters', 'a g.0.r.3 scene', 'gore'],
    ['broken up', 'a go.re scene', 'gore'],
    ['as a phrase', 'a Severed  Head on a plate', 'severed head'],
    ['as the beginning of a word', 'bloodshed', 'blood*'],
    ['in a script without spaces', '鮮血の海', '血'],
  ])('finds a word %s', (_, text, entry) => {
    expect(findBlockedWord(text, lists)).toBe(entry);
  });

  it.each([
    ['a longer word', 'a class of glasses, forego'],
    ['an allowed phrase', 'a blood orange, cut'],
    ['an allowed phrase in a script without spaces', '血圧計'],
    ['words of the phrase apart', 'a head, severed'],
    ['numbers', 'a clock at 20:15, 600 re'],
    ['letters that are none', 'plan a, b and c: go, re-enter'],
    ['an exclamation', 'goodness gracious!'],
  ])('leaves %s alone', (_, text) => {
    expect(findBlockedWord(text, lists)).toBeUndefined();
  });

  it('still finds a word beside an allowed phrase that holds it', () => {
    expect(findBlockedWord('a blood orange in a blood bath', lists)).toBe('blood*');
    expect(findBlockedWord('血圧と血', lists)).toBe('血');
  });

  it('does not take one word for another that has a letter more', () => {
    expect(findBlockedWord('a good dog', { blocked: ['god'], allowed: [] })).toBeUndefined();
  });

  it('takes entries for text, whatever signs they hold', () => {
    expect(findBlockedWord('a (cat) [dog]', { blocked: ['[dog', '(', '*', ''], allowed: [] })).toBe('[dog');
  });
});

describe('foldText', () => {
  it('keeps marks that are part of a letter', () => {
    expect(foldText('が')).not.toBe(foldText('か'));
    expect(foldText('हिन्दी')).toContain('ि');
  });
});
