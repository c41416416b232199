import { describe, expect, it } from 'vitest';
import { loadModel } from '../../src/zoo/load-model.js';
import { createTokenizer } from '../../src/zoo/tokenizer.js';

const pocket = await loadModel({ name: 'pocket' });
const bytes = await pocket.read('tokenizer.json');
const tokenize = createTokenizer(bytes, { context: 16 });
const vocabulary: Record<string, number> = JSON.parse(Buffer.from(bytes).toString()).model.vocab;

/** The rule the pocket text tower was trained with, written down a second time. */
function byTheRule(text: string): number[] {
  const words = text.toLowerCase().match(/[a-z]+|[0-9]/g) ?? [];
  const ids = [...words.slice(0, 15).map((word) => vocabulary[word] ?? 2), 1];
  return [...ids, ...new Array<number>(16 - ids.length).fill(0)];
}

describe('the pocket tokenizer', () => {
  it('gives the ids that PyTorch was trained with', () => {
    expect([...tokenize('a red apple')].map(Number)).toEqual([3, 25, 447, 1, ...new Array(12).fill(0)]);
  });

  it.each([
    'A Red APPLE!',
    'a lighthouse in a storm, at 20:15',
    'word'.repeat(60),
    'a a a a a a a a a a a a a a a a a a a a a',
    'zzyzx apples applexyz 3d <pad> <eos> ##s',
    'ein Löwe — 富士山 🗻',
    '...',
  ])('follows the rule on %j', (text) => {
    expect([...tokenize(text)].map(Number)).toEqual(byTheRule(text));
  });

  it('refuses what is not a tokenizer', () => {
    expect(() => createTokenizer(Buffer.from('{"a":'), { context: 16 })).toThrow('is JSON');
    expect(() => createTokenizer(Buffer.from('{}'), { context: 16 })).toThrow('with a `model`');
  });
});
