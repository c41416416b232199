import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WRITTEN } from '../bench/docs/written.js';
import { packageRoot } from '../src/package-root.js';

const root = packageRoot();
const pages = ['.', 'docs', 'training'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);

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
