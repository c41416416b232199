import { describe, expect, it } from 'vitest';
import { readValue } from '../../src/requests/kinds.js';
import { OPTION_GROUPS, OPTION_NAMES, OPTIONS, optionOf, spelled } from '../../src/requests/options.js';
import { readRequest } from '../../src/requests/paint-request.js';
import { composeRequest } from '../../src/requests/compose-request.js';
import { facts } from './facts.js';

describe('the table of options', () => {
  it('lists every option under one heading', () => {
    expect(Object.values(OPTION_GROUPS).flat().sort()).toEqual([...OPTION_NAMES].sort());
  });

  it('spells every name as Discord and a shell take it', () => {
    for (const name of OPTION_NAMES) expect(spelled(name)).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(spelled('learningRate')).toBe('learning-rate');
  });

  it('says what every option is', () => {
    for (const name of OPTION_NAMES) expect(optionOf(name).help).not.toBe('');
  });
});

describe('a typed value', () => {
  it.each([
    ['steps', '2000', 2000],
    ['steps', '+5', undefined],
    ['steps', '1e3', undefined],
    ['steps', '1.5', undefined],
    ['steps', '2001', undefined],
    ['seed', '4294967295', 0xffff_ffff],
    ['ema', '.9', 0.9],
    ['ema', '1', undefined],
    ['ema', '0x1', undefined],
    ['start', 'prior', 'prior'],
    ['start', 'Prior', undefined],
    ['upscale', '2', 2],
    ['upscale', '3', undefined],
    ['upscale', '2.0', undefined],
    ['size', '128x96', { width: 128, height: 96 }],
    ['size', '128X96', { width: 128, height: 96 }],
    ['size', '128', undefined],
    ['size', '16x128', undefined],
    ['size', '128x96x3', undefined],
    ['strength', '-0.5', undefined],
  ] as const)('of `%s`: %s', (name, text, value) => {
    const { kind } = optionOf(name);
    if (value === undefined) {
      expect(() => readValue(name, kind, text)).toThrow(
        `Expected \`${name}\` to be ${OPTIONS[name].kind.sentence}, got \`${text}\`.`,
      );
    } else expect(readValue(name, kind, text)).toEqual(value);
  });
});

describe('a request that somebody else wrote', () => {
  const request = composeRequest({ prompts: [{ text: 'a', weight: 1 }] }, facts);

  it('is read as it was written', () => {
    expect(readRequest(JSON.parse(JSON.stringify(request)))).toEqual(request);
  });

  it.each<[string, object, string]>([
    [
      'a field out of range',
      { steps: 0 },
      'Expected `steps` to be a whole number between 1 and 2000, got `0`.',
    ],
    ['a field too many', { path: '/etc' }, 'Expected `request`'],
    [
      'a weight of 0',
      { prompts: [{ text: 'a', weight: 0 }] },
      'Expected `prompts.0.weight` to be a number other than 0',
    ],
    [
      'an image by path',
      { init: { image: '../a', strength: 1, pull: 0 } },
      'Expected `init.image` to be a sha256',
    ],
  ])('is refused in one sentence: %s', (_, change, sentence) => {
    expect(() => readRequest({ ...request, ...change })).toThrow(sentence);
  });
});
