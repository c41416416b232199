import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandsOn } from '../bench/features/commands-on.js';
import { FIGURES, filesOf } from '../bench/features/figures.js';
import { placeFigures } from '../bench/features/place-figures.js';
import { WRITTEN } from '../bench/docs/written.js';
import { packageRoot } from '../src/package-root.js';
import { OPTION_NAMES, spelled } from '../src/requests/options.js';

const root = packageRoot();
const pages = ['.', 'docs', 'training'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);

describe('the page of features', () => {
  const page = readFileSync(join(root, 'docs', 'features.md'), 'utf8');
  it('says a word about every option', () => {
    expect(OPTION_NAMES.filter((name) => !page.includes(`--${spelled(name)}`))).toEqual([]);
  });

  it('has a place for every figure, of files that its own commands make', () => {
    const named: string[] = [];
    placeFigures(page, (name) => named.push(name) > 0);
    expect(named.sort()).toEqual(Object.keys(FIGURES).sort());
    const made = commandsOn(page).flatMap((args) =>
      args.flatMap((arg, at) => (/^--(out|timelapse|mask)$/.test(args[at - 1] ?? '') ? [arg] : [])),
    );
    const stems = made.map((file) => file.replace(/\.[a-z]+$/, ''));
    const unmade = Object.values(FIGURES)
      .flatMap(filesOf)
      .filter((file) => !stems.some((stem) => file.startsWith(stem)));
    expect(unmade).toEqual([]);
  });

  it('shows the figures that are there, and is quickly loaded', () => {
    const folder = join(root, 'docs', 'features');
    expect(placeFigures(page, (name) => existsSync(join(folder, `${name}.webp`)))).toBe(page);
    const bytes = readdirSync(folder).map((file) => statSync(join(folder, file)).size);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(3e6);
  });
});

describe('the documentation', () => {
  it.each(Object.keys(WRITTEN))('docs/%s is what `npm run docs` writes', async (name) => {
    expect(readFileSync(join(root, 'docs', name), 'utf8')).toBe(await WRITTEN[name]?.());
  });

  it.each(pages)('%s leads to files that are there', (page) => {
    const text = readFileSync(join(root, page), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)].map(
      ([, path = '']) => path,
    );
    const missing = links.filter((path) => !existsSync(resolve(root, dirname(page), path)));
    expect(missing).toEqual([]);
  });
});
