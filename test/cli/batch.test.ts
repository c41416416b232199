import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseSeeds, planBatch, withSuffix } from '../../src/cli/batch.js';

function promptFile(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'easel-batch-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'prompts.txt');
  writeFileSync(file, content);
  return file;
}

describe('planBatch', () => {
  it('makes one picture of one prompt, whose file keeps its name', () => {
    expect(planBatch(['a', 'castle'], { seed: 7 })).toEqual([{ text: 'a castle', seed: 7, suffix: '' }]);
  });

  it('counts seeds up from the given one, round the end', () => {
    const seeds = planBatch(['a'], { seed: 0xffff_ffff, count: 3 }).map(({ seed }) => seed);
    expect(seeds).toEqual([0xffff_ffff, 0, 1]);
  });

  it('paints every line of a file with every seed', () => {
    const prompts = promptFile('# mine\na castle\r\n\n  fog \n');
    expect(planBatch([], { prompts, seeds: [1, 2] })).toEqual([
      { text: 'a castle', seed: 1, suffix: '-1-1' },
      { text: 'a castle', seed: 2, suffix: '-1-2' },
      { text: 'fog', seed: 1, suffix: '-2-1' },
      { text: 'fog', seed: 2, suffix: '-2-2' },
    ]);
  });

  it.each([
    ['nothing', [], {}, 'Expected a prompt, as in'],
    ['two ways to say what', ['a'], { prompts: 'x.txt' }, 'got both'],
    ['two ways to say how many', ['a'], { seeds: [1], count: 2 }, 'Expected `--seeds` alone'],
    ['too many', ['a'], { count: 65 }, 'Expected at most 64 pictures at a time, got 1 × 65.'],
    ['a file that is not there', [], { prompts: '/nowhere/x.txt' }, 'cannot be read'],
  ])('refuses %s in a sentence', (_, words, options, sentence) => {
    expect(() => planBatch(words, options)).toThrow(sentence);
  });

  it('refuses a file without a prompt', () => {
    expect(() => planBatch([], { prompts: promptFile('# nothing\n') })).toThrow('found none');
  });
});

describe('parseSeeds', () => {
  it('reads ranges and lists, each seed once', () => {
    expect(parseSeeds('1..3, 7,2')).toEqual([1, 2, 3, 7]);
  });

  it.each(['', '3..1', 'a', '-1', '4294967296', '1..5000', '1...3'])('refuses %j', (text) => {
    expect(() => parseSeeds(text)).toThrow('such as 1..9');
  });
});

describe('withSuffix', () => {
  it('stands before the extension', () => {
    expect(withSuffix('a.b/castle.png', '-7')).toBe('a.b/castle-7.png');
  });
});
