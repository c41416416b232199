import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder that holds package.json, models/ and docs/: the same whether this file runs from `src/` or `dist/src/`.
 *
 * @throws when the program was moved away from its package.json.
 */
export function packageRoot(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  for (const folder of [dirname(here), dirname(dirname(here))]) {
    if (existsSync(join(folder, 'package.json'))) return folder;
  }
  throw new Error(`Expected a package.json above ${here}; is the installation complete?`);
}

/** The program's own version, as package.json has it. */
export function packageVersion(): string {
  const { version }: { version: string } = JSON.parse(
    readFileSync(join(packageRoot(), 'package.json'), 'utf8'),
  );
  return version;
}
