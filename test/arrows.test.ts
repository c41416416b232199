import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../src/package-root.js';

const root = packageRoot();

/** Which rooms each room may import, besides itself, the leaves and packages: a row of the table of rooms in the docs. */
const ARROWS = readRooms(readFileSync(join(root, 'docs', 'architecture.md'), 'utf8'));

/** Files of `src/` that any room may use: they use none themselves. */
const LEAVES = [...ARROWS].flatMap(([room, uses]) => (uses === 'used by all' ? [room] : []));

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(folder, path));
}

/** `src/paint/graphs/x.ts` lives in room `paint`, `src/errors.ts` in `errors`, `commands/x.ts` in `commands`. */
function roomOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  return (top === 'src' ? second : top).replace(/\.[jt]s$/, '');
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const matches = text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g);
  return [...matches].map(([, path = '']) =>
    relative(root, resolve(root, dirname(file), path)).replace(/\.js$/, '.ts'),
  );
}

/** What the table of rooms permits each: `anything`, `anything but …`, a list of rooms, or `–`. */
function readRooms(markdown: string): ReadonlyMap<string, string> {
  const rows = markdown.matchAll(/^\| (`[^|]*`) \| [^|]* \| ([^|]*) \|$/gm);
  return new Map(
    [...rows].flatMap(([, names = '', uses = '']) =>
      [...names.matchAll(/`(src\/[^`]*|commands\/)`/g)].map(
        ([, path = '']) => [roomOf(path), uses.trim()] as const,
      ),
    ),
  );
}

/** The rooms that a row names. */
const namedBy = (uses: string): readonly string[] =>
  /^(anything|used|–)/.test(uses) ? [] : uses.split(', ');

function allowed(from: string, to: string): boolean {
  if (from === to || LEAVES.includes(to)) return true;
  const uses = ARROWS.get(from) ?? '–';
  const [, forbidden] = /^anything(?: but (\S+))?$/.exec(uses) ?? [];
  return uses.startsWith('anything') ? to !== forbidden : namedBy(uses).includes(to);
}

/** Every file with the files it imports, itself included where it does. */
type Imports = ReadonlyMap<string, readonly string[]>;

/** The files that lie on a way back to themselves: what is left when files that import none that is left are taken away. */
function circles(imports: Imports): string[] {
  const left = new Map(imports);
  const isDead = ([file, targets]: readonly [string, readonly string[]]) =>
    !targets.some((target) => left.has(target)) ||
    ![...left.values()].some((others) => others.includes(file));
  for (;;) {
    const dead = [...left].filter(isDead);
    if (dead.length === 0) return [...left.keys()];
    for (const [file] of dead) left.delete(file);
  }
}

describe('the arrows between rooms', () => {
  const files = [...sources('src'), ...sources('commands')];
  const imports: Imports = new Map(files.map((file) => [file, importsOf(file)]));
  const packaged: Imports = new Map(
    sources('packages/onnx-gradients/src').map((file) => [file, importsOf(file)]),
  );
  const rooms = new Set(files.map(roomOf));
  const drawn = new Set(
    [...imports].flatMap(([file, targets]) => targets.map((target) => `${roomOf(file)} → ${roomOf(target)}`)),
  );

  it('lists every room that exists, and no other', () => {
    expect([...rooms].sort()).toEqual([...ARROWS.keys()].sort());
  });

  it('are the only imports', () => {
    const wrong = [...imports].flatMap(([file, targets]) =>
      targets
        .filter((target) => !allowed(roomOf(file), roomOf(target)))
        .map((target) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('are all needed', () => {
    const permitted = [...ARROWS].flatMap(([from, uses]) => namedBy(uses).map((to) => `${from} → ${to}`));
    expect(permitted.filter((arrow) => !drawn.has(arrow))).toEqual([]);
  });

  it('leave no file on a way back to itself', () => {
    expect(circles(imports)).toEqual([]);
    expect(circles(packaged)).toEqual([]);
  });

  it('lead out of no package, and from graphs to no gradients', () => {
    const leads = (target: string) => !target.startsWith('packages/onnx-gradients/src/');
    expect([...packaged].filter(([, targets]) => targets.some(leads))).toEqual([]);
    const ofGraphs = [...packaged].filter(([file]) => file.includes('/src/onnx/')).flatMap(([, to]) => to);
    expect(ofGraphs.filter((target) => target.includes('/autodiff/'))).toEqual([]);
  });

  it('shows the files of a circle, and none that only lead there', () => {
    const knot = new Map([
      ['in', ['a']],
      ['a', ['b']],
      ['b', ['c', 'out']],
      ['c', ['a']],
      ['out', []],
      ['itself', ['itself']],
    ]);
    expect(circles(knot)).toEqual(['a', 'b', 'c', 'itself']);
  });

  it('reads imports of every form', () => {
    expect(importsOf('test/arrows.test.ts')).toContain('src/package-root.ts');
  });
});
