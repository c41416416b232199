/**
 * Bundles the playground's page into `dist/page/` and says how much of it a browser has to load. Fails above what the page
 * may weigh.
 */
import { join } from 'node:path';
import { packageRoot } from '../src/package-root.js';
import { bundlePage } from './page/bundle-page.js';

const GZIPPED_BYTES = 400_000;

const weights = await bundlePage(join(packageRoot(), 'dist', 'page'));
const total = [...weights.values()].reduce((sum, size) => sum + size, 0);
for (const [name, size] of weights) process.stdout.write(`${String(size).padStart(8)}  ${name}\n`);
process.stdout.write(`${String(total).padStart(8)}  bytes gzipped of ${GZIPPED_BYTES} allowed\n`);
if (total > GZIPPED_BYTES) {
  process.stderr.write(`Expected the page to weigh at most ${GZIPPED_BYTES} bytes gzipped, got ${total}.\n`);
  process.exitCode = 1;
}
