import { copyFile, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { packageRoot } from '../../src/package-root.js';

/** Gzipped bytes by file. */
export type Weights = ReadonlyMap<string, number>;

/** Bundles the playground's page into a folder, which is emptied first: everything a browser loads, from one place. */
export async function bundlePage(out: string): Promise<Weights> {
  const page = join(packageRoot(), 'src', 'playground', 'page');
  await rm(out, { recursive: true, force: true });
  const { warnings } = await build({
    entryPoints: [join(page, 'main.tsx'), join(page, 'main.css')],
    outdir: out,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'linked',
    chunkNames: '[name]-[hash]',
    tsconfig: join(page, 'tsconfig.json'),
    logLevel: 'warning',
  });
  if (warnings.length > 0) throw new Error(`Expected a page without a warning, got ${warnings[0]?.text}.`);
  const require = createRequire(import.meta.url);
  const emoji = require.resolve('emoji-picker-element-data/en/cldr-native/data.json');
  await copyFile(emoji, join(out, 'emoji.json'));
  for (const name of ['index.html', 'icon.svg']) await copyFile(join(page, name), join(out, name));
  const names = (await readdir(out)).sort();
  const sizes = names.map(async (name) => [name, gzipSync(await readFile(join(out, name))).length] as const);
  return new Map(await Promise.all(sizes));
}
