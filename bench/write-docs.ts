/** Writes the documentation that is made from the code: `npm run docs`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../src/package-root.js';
import { WRITTEN } from './docs/written.js';

for (const [name, text] of Object.entries(WRITTEN)) {
  writeFileSync(join(packageRoot(), 'docs', name), await text());
}
