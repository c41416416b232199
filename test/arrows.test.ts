import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../src/package-root.js';

/** Files of `src/` that any room may use: they use none themselves. */
const LEAVES = ['errors', 'log', 'make-folder', 'package-root'];

/** Which rooms each room may import, besides itself, the leaves and packages. `docs/architecture.md` draws the same. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  contracts: [],
  onnx: [],
  autodiff: ['onnx'],
  checkpoints: ['onnx'],
  zoo: ['onnx', 'checkpoints', 'contracts'],
  runtime: ['onnx'],
  paint: ['onnx', 'autodiff', 'zoo', 'runtime', 'contracts'],
  images: ['contracts'],
  queue: ['contracts'],
  ledger: ['contracts'],
  store: [],
  workers: ['paint', 'images', 'runtime', 'zoo', 'contracts'],
  jobs: ['queue', 'ledger', 'store', 'workers', 'contracts'],
  discord: ['jobs', 'contracts'],
  ops: [],
  playground: [],
  commands: ['discord', 'jobs', 'queue', 'ledger', 'contracts'],
};

/** `cli/` may use every room but the playground's inside; the roots wire everything. */
const UNBOUND = ['cli', 'bot', 'easel', 'config'];

const root = packageRoot();

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(folder, path));
}

/** `src/onnx/fold/x.ts` lives in room `onnx`, `src/errors.ts` in `errors`, `commands/x.ts` in `commands`. */
function roomOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  return (top === 'src' ? second : top).replace(/\.[jt]s$/, '');
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const matches = text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g);
  return [...matches].map(([, path = '']) => relative(root, resolve(root, dirname(file), path)));
}

function allowed(from: string, to: string): boolean {
  if (from === to || LEAVES.includes(to)) return true;
  if (from === 'cli') return to !== 'playground';
  return UNBOUND.includes(from) || (ARROWS[from] ?? []).includes(to);
}

describe('the arrows between rooms', () => {
  const files = [...sources('src'), ...sources('commands')];

  it('lists every room that exists', () => {
    const rooms = new Set(files.map(roomOf));
    const unknown = [...rooms].filter((room) => !(room in ARROWS) && ![...LEAVES, ...UNBOUND].includes(room));
    expect(unknown).toEqual([]);
  });

  it('are the only imports', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => !allowed(roomOf(file), roomOf(target)))
        .map((target) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('reads imports of every form', () => {
    expect(importsOf('test/arrows.test.ts')).toContain('src/package-root.js');
  });
});
