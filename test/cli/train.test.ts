import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { run } from '../../src/cli/run.js';
import { temporaryFolder } from '../train/support.js';

const { folder, remove } = temporaryFolder();
afterAll(remove);

async function easel(args: readonly string[]) {
  let err = '';
  const code = await run(['train', ...args, '--pictures', folder], {
    out: () => undefined,
    err: (text) => {
      err += text;
    },
    isTerminal: false,
    interrupted: new AbortController().signal,
    dataDir: join(folder, 'data'),
    cacheDir: join(folder, 'cache'),
  });
  return { code, err };
}

it.each([
  [['vqgan', '--out', 'pocket'], 'Expected another name for the new model, since `pocket` is part of Easel.'],
  [
    ['transformer', '--model', 'nobody'],
    'Unknown model `nobody`; `easel models` lists those that are installed.',
  ],
  [
    ['transformer', '--model', 'pocket'],
    'Expected `--out` with a name for the new model, since `pocket` is part of Easel.',
  ],
  [
    ['clip', '--model', 'pocket', '--out', 'pocket'],
    'Expected another name for the new model, since `pocket` is part of Easel.',
  ],
])('refuses %j in one sentence, before anything is trained', async (args, sentence) => {
  expect(await easel(args)).toEqual({ code: 2, err: `${sentence}\n` });
});
