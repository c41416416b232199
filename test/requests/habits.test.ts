import { describe, expect, it } from 'vitest';
import { readTyped } from '../../src/requests/habits.js';

const weights = (text: string) => readTyped(text).prompts.map(({ text: words, weight }) => [words, weight]);

describe('readTyped', () => {
  it('reads flags wherever they stand, and takes them out of the words', () => {
    expect(readTyped('a castle --ar 3:2 --seed 7 --no fog, tall people --quality fine')).toEqual({
      prompts: [
        { text: 'a castle', weight: 1 },
        { text: 'fog', weight: -0.5 },
        { text: 'tall people', weight: -0.5 },
      ],
      given: { aspect: 'landscape', seed: 7, quality: 'fine' },
    });
  });

  it('reads how many pictures there shall be', () => {
    expect(readTyped('a castle --count 4').count).toBe(4);
    expect(readTyped('a castle')).not.toHaveProperty('count');
    expect(() => readTyped('a castle --count 5')).toThrow('`--count` to be a whole number between 1 and 4');
  });

  it('lets several CLIPs guide together, with weights', () => {
    expect(readTyped('a castle --clips vit-b-32,rn50:0.5 --seed 7')).toMatchObject({
      prompts: [{ text: 'a castle' }],
      given: {
        clips: [
          { name: 'vit-b-32', weight: 1 },
          { name: 'rn50', weight: 0.5 },
        ],
        seed: 7,
      },
    });
  });

  it.each([
    ['16:9', '16:9'],
    ['1:1', 'square'],
    ['2/3', 'portrait'],
    ['1920x1080', '16:9'],
    ['Portrait', 'portrait'],
  ])('takes the shape %s for %s', (value, aspect) => {
    expect(readTyped(`a castle --ar ${value}`).given).toEqual({ aspect });
  });

  it.each([
    [
      'a castle::2 a sunset::0.5',
      [
        ['a castle', 2],
        ['a sunset', 0.5],
      ],
    ],
    [
      'a castle::2 fog::-0.3',
      [
        ['a castle', 2],
        ['fog', -0.3],
      ],
    ],
    [
      'hot:: dog',
      [
        ['hot', 1],
        ['dog', 1],
      ],
    ],
    ['a clock at 12::3', [['a clock at 12', 3]]],
    [
      'a castle:1 | fog:-0.3',
      [
        ['a castle', 1],
        ['fog', -0.3],
      ],
    ],
  ])('reads the weights of %s', (text, expected) => {
    expect(weights(text)).toEqual(expected);
  });

  it.each(['a dash -- in prose', 'well-known--or not', 'a house - a tree', '20:15 o’clock'])(
    'leaves %s as prose',
    (text) => {
      expect(readTyped(text)).toEqual({ prompts: [{ text, weight: 1 }], given: {} });
    },
  );

  it.each([
    ['a castle --chaos 50', '`--chaos` means nothing here'],
    ['a castle --v 6', '`--v` means nothing here'],
    ['a castle --ar', 'Expected something behind `--ar`'],
    ['a castle --ar 7:1', 'Expected `--ar` to be one of square'],
    ['a castle --seed -1', 'Expected `--seed` to be a whole number'],
    ['a castle --seed x', 'Expected `--seed` to be a whole number'],
    ['a castle --seed -1', 'between 0 and 4294967295, got `-1`.'],
    ['--seed 7', 'Expected a prompt'],
    ['a castle --style nothing', 'Expected `--style` to be one of'],
    ['a castle --constructor 1', '`--constructor` means nothing here'],
  ])('answers %s with a sentence', (text, sentence) => {
    expect(() => readTyped(text)).toThrow(sentence);
  });
});
