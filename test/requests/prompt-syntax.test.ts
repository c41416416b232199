import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPrompts, parsePrompts } from '../../src/requests/prompt-syntax.js';

describe('parsePrompts', () => {
  it('reads several prompts with weights', () => {
    expect(parsePrompts('a castle:1 | fog:-0.3')).toEqual([
      { text: 'a castle', weight: 1 },
      { text: 'fog', weight: -0.3 },
    ]);
  });

  it.each([
    ['note: a clock at 20:15', 'note: a clock at 20:15', 1],
    ['ratio 16:9', 'ratio 16:9', 1],
    ['a clock at 20:15 :0.5', 'a clock at 20:15', 0.5],
    ['a castle:2', 'a castle', 2],
    ['a castle :.5', 'a castle', 0.5],
    ['red: blue', 'red: blue', 1],
    ['red: 2', 'red', 2],
    ['Ape: 1.0', 'Ape', 1],
    ['Ape : -1', 'Ape', -1],
    ['at 20: 15', 'at 20: 15', 1],
    ['a castle:', 'a castle:', 1],
    ['a castle:1e3', 'a castle:1e3', 1],
    ['a castle:--1', 'a castle:--1', 1],
    ['::2', '::2', 1],
    [':2', ':2', 1],
    ['smile :)', 'smile :)', 1],
    ['富士山:3', '富士山', 3],
    ['two\nlines:2', 'two\nlines', 2],
  ])('reads %j as %j of weight %d', (text, expected, weight) => {
    expect(parsePrompts(text)).toEqual([{ text: expected, weight }]);
  });

  it('reads a stop after the weight', () => {
    expect(parsePrompts('fog:-1:-0.4')).toEqual([{ text: 'fog', weight: -1, stop: -0.4 }]);
  });

  it.each([
    ['', 'Expected a prompt, got an empty one.'],
    ['  ', 'Expected a prompt, got an empty one.'],
    ['a | | b', 'on both sides of every `|`'],
    ['a castle:0', 'weight of `a castle` not to be 0'],
    ['x'.repeat(1001), 'at most 1000 characters, got 1001'],
    [new Array(17).fill('a').join('|'), 'at most 16 prompts, got 17'],
  ])('refuses %j', (text, message) => {
    expect(() => parsePrompts(text)).toThrow(message);
  });

  it('answers a hostile prompt in linear time', () => {
    // Backtracking of any higher order runs into the test's time limit.
    expect(() => parsePrompts(`${':1 '.repeat(30_000)}x`)).toThrow('at most 1000');
  });
});

describe('formatPrompts', () => {
  it.each([
    'a castle | fog:-0.3',
    'a clock at 20:15 :0.5 | note: rain',
    'fog:-1:-0.4',
    'a castle:2:1',
    'a castle',
    'year 2000',
    'x:0.00000012',
  ])('writes what parsePrompts reads: %j', (text) => {
    const prompts = parsePrompts(text);
    expect(parsePrompts(formatPrompts(prompts))).toEqual(prompts);
  });

  it('protects every text, whatever it ends like', () => {
    const signs = fc.constantFrom(...[':', ' ', '-', '.', '0', '1', '2', 'a', 'é', '富', '\n', '🌙']);
    const text = fc
      .string({
        unit: fc.oneof(signs, fc.string({ minLength: 1, maxLength: 1 })),
        minLength: 1,
        maxLength: 30,
      })
      .map((drawn) => drawn.replaceAll('|', '').trim())
      .filter((drawn) => drawn !== '');
    const weight = fc.oneof(
      fc.constantFrom(1, -0.3, 2, 1e-7),
      fc
        .double({ min: -10, max: 10, noNaN: true, noDefaultInfinity: true })
        .map((value) => Number(value.toFixed(6))),
    );
    const prompt = fc.record({ text, weight: weight.filter((value) => value !== 0) });
    fc.assert(
      fc.property(fc.array(prompt, { minLength: 1, maxLength: 16 }), (prompts) => {
        expect(parsePrompts(formatPrompts(prompts))).toEqual(prompts);
      }),
      { numRuns: 1000 },
    );
  });

  it('protects a text that ends like a weight', () => {
    const prompts = [{ text: 'a castle:2', weight: 1 }];
    expect(parsePrompts(formatPrompts(prompts))).toEqual(prompts);
  });
});
