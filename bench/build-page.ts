/**
 * Bundles the playground's page into `dist/page/` and says how much of it a browser has to load. Fails above what the page
 * may weigh.
 */
import { copyFile, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { packageRoot } from '../src/package-root.js';

const GZIPPED_BYTES = 400_000;

const root = packageRoot();
const page = join(root, 'src', 'playground', 'page');
const out = join(root, 'dist', 'page');

await rm(out, { recursive: true, force: true });
await build({
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
const emoji = createRequire(import.meta.url).resolve('emoji-picker-element-data/en/cldr-native/data.json');
await copyFile(emoji, join(out, 'emoji.json'));
for (const name of ['index.html', 'icon.svg']) await copyFile(join(page, name), join(out, name));

const sizes = await Promise.all(
  (await readdir(out)).map(async (name) => [name, gzipSync(await readFile(join(out, name))).length] as const),
);
const total = sizes.reduce((sum, [, size]) => sum + size, 0);
for (const [name, size] of sizes) process.stdout.write(`${String(size).padStart(8)}  ${name}\n`);
process.stdout.write(`${String(total).padStart(8)}  bytes gzipped of ${GZIPPED_BYTES} allowed\n`);
if (total > GZIPPED_BYTES) process.exitCode = 1;
