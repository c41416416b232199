import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { createUnknownWords } from '../../src/zoo/unknown-words.js';

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const vocab = Object.fromEntries(
  ['<unk>', 'rocket', 'racket', 'castle', 'oil', 'night', 'a', 'at'].map((word, id) => [word, id]),
);
const find = createUnknownWords({
  tokenizer: json({ model: { type: 'WordPiece', vocab } }),
  words: json({ instead: { artstation: ['oil painting', 'castle'] }, silent: ['very'] }),
});

describe('words a model was not taught', () => {
  it('are found once each, in their order, whatever stands between them', () => {
    expect(find('a castle, ARTSTATION! zzyzx; zzyzx at night').map(({ word }) => word)).toEqual([
      'artstation',
      'zzyzx',
    ]);
  });

  it('come with what the model says instead', () => {
    expect(find('castle, artstation')).toEqual([{ word: 'artstation', instead: ['oil painting', 'castle'] }]);
  });

  it.each([
    ['rokcet', ['rocket', 'racket']], // a swap, and one letter more for the other
    ['castel', ['castle']],
    ['nigth', ['night']],
  ])('come with the words of the fewest slips: %s', (typed, expected) => {
    const [word] = find(typed);
    expect(expected).toEqual(expect.arrayContaining([word?.instead[0] ?? '']));
  });

  it.each([
    ['castlenight', ['castle', 'night']],
    ['rockety', ['rocket']], // an ending names nothing
    ['oilcastle', []], // no part of any word
    ['atnight', ['night']], // listed since it only looks so: the nearest
  ])('come with their parts: %s', (typed, parts) => {
    const part = { '##night': vocab['night'] ?? 0, '##y': 0, atnight: 0 };
    const findParts = createUnknownWords({
      tokenizer: json({ model: { type: 'WordPiece', vocab: { ...vocab, ...part } } }),
      words: json({ instead: {}, silent: [] }),
    });
    expect(findParts(typed)).toEqual([{ word: typed, instead: parts }]);
  });

  it('come with nothing where nothing is near', () => {
    expect(find('xyzzyplugh')).toEqual([{ word: 'xyzzyplugh', instead: [] }]);
  });

  it('are not made a fuss of where nobody misses them, nor single letters and numbers', () => {
    expect(find('very x castle 4 8000')).toEqual([]);
  });

  it('are told apart by letters of any script', () => {
    expect(find('ein Löwe 富士山').map(({ word }) => word)).toEqual(['ein', 'löwe', '富士山']);
  });

  it('are never taken for what every object has', () => {
    expect(find('a constructor')).toEqual([{ word: 'constructor', instead: [] }]);
  });

  it('need both files whole', () => {
    for (const words of [Buffer.from('{'), json(null), json([])])
      expect(() => createUnknownWords({ tokenizer: json({ model: { vocab } }), words })).toThrow(UserError);
    const broken = { tokenizer: Buffer.from('{'), words: json({ instead: {}, silent: [] }) };
    expect(() => createUnknownWords(broken)).toThrow(UserError);
    expect(() =>
      createUnknownWords({ tokenizer: json({}), words: json({ instead: {}, silent: [] }) }),
    ).toThrow('whole words');
    expect(() => createUnknownWords({ tokenizer: json({ model: { vocab } }), words: json({}) })).toThrow(
      '`instead`',
    );
  });
});
