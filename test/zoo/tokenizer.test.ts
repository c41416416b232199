import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { loadModel } from '../../src/zoo/load-model.js';
import { createTokenizer } from '../../src/zoo/tokenizer.js';
import { mutateJson } from '../support/mutate-json.js';
import { tinyTokenizer } from '../support/tiny-model.js';

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

describe('a tokenizer of a wrong form', () => {
  const make = (json: unknown) => createTokenizer(Buffer.from(JSON.stringify(json)), { context: 8 });
  const tiny = tinyTokenizer();

  it.each<[string, object, string]>([
    ['no decoder', { decoder: undefined }, 'must contain a "decoder"'],
    ['a normalizer that nobody knows', { normalizer: { type: 'Nope' } }, 'Unknown Normalizer type: Nope'],
    ['a normalizer of no kind', { normalizer: 7 }, 'with every part that its types need'],
    ['a list of words', { model: { ...tiny.model, vocab: ['a', 'red'] } }, 'tokenizers write it'],
    ['a word without a number', { model: { ...tiny.model, vocab: { a: null } } }, 'model.vocab.a'],
    ['a number below 0', { model: { ...tiny.model, vocab: { a: -1 } } }, 'model.vocab.a'],
    ['a number that no table has', { model: { ...tiny.model, vocab: { a: 1e300 } } }, 'model.vocab.a'],
    ['an unknown word that it lacks', { model: { ...tiny.model, unk_token: 'x' } }, 'tokenizers write it'],
    ['pieces of no length', { pre_tokenizer: { type: 'FixedLength', length: 0 } }, 'FixedLength'],
    ['an added word without words', { added_tokens: [{ id: 1 }] }, 'added_tokens.0.content'],
  ])('is refused: %s', (_, change, sentence) => {
    const spoilt = () => make({ ...tiny, ...change });
    expect(spoilt).toThrow(UserError);
    expect(spoilt).toThrow(sentence);
  });

  it('is refused where sequences are in sequences without end', () => {
    const depth = 20_000;
    const [opened, closed] = ['{"type":"Sequence","pretokenizers":['.repeat(depth), ']}'.repeat(depth)];
    const text = JSON.stringify({ ...tiny, pre_tokenizer: null }).replace(
      '"pre_tokenizer":null',
      `"pre_tokenizer":${opened}${closed}`,
    );
    expect(() => createTokenizer(Buffer.from(text), { context: 8 })).toThrow(UserError);
  });

  it('never becomes an error of ours, whatever is spoilt in it', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      try {
        make(mutateJson(tiny, seed))('a red apple, 12 — 富士山');
      } catch (error) {
        expect(error, `seed ${seed}`).toBeInstanceOf(UserError);
        expect(String(error), `seed ${seed}`).not.toMatch(/TypeError|RangeError|undefined|\[object|\n/);
      }
    }
  });
});
