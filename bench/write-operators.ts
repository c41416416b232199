import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { operatorTable } from '../src/autodiff/operator-table.js';
import { packageRoot } from '../src/package-root.js';

writeFileSync(join(packageRoot(), 'docs', 'operators.md'), operatorTable());
