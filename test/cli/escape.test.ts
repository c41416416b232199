import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from '../../src/cli/run.js';
import { writeTinyModel } from '../support/tiny-model.js';

const dataDir = mkdtempSync(join(tmpdir(), 'easel-escape-'));
afterAll(() => rmSync(dataDir, { recursive: true }));
const EVIL = '\u001b]0;owned\u0007\u009b2J\u202e';

beforeAll(async () => {
  const folder = join(dataDir, 'models', 'tiny');
  await writeTinyModel(folder);
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...manifest, title: EVIL, licence: EVIL, source: EVIL }));
});

it.each([
  ['models'],
  ['models --json'],
  ['doctor --model tiny'],
  [`info ${EVIL}`],
  [`imagine --${EVIL}`],
  [`imagine apple --model ${EVIL}`],
  [`imagine apple --model tiny --out ${EVIL}`],
  [`imagine apple --model tiny --init ${EVIL}`],
  [`graph show ${EVIL}`],
  [`${EVIL}`],
])('%j leaves the terminal as it is, whatever foreign text it shows', async (line) => {
  let shown = '';
  const note = (text: string) => {
    shown += text;
  };
  await run(line.split(' '), {
    ...{ out: note, err: note, isTerminal: true, interrupted: new AbortController().signal },
    ...{ dataDir, cacheDir: join(dataDir, 'cache') },
  });
  expect(shown).not.toBe('');
  expect([...shown].filter((letter) => EVIL.includes(letter) && !/[\]0;owned2J]/.test(letter))).toEqual([]);
});
