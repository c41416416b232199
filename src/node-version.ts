import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './package-root.js';

/** The oldest Node that will do, as package.json has it: `20.19`. */
export function oldestNode(): string {
  const { engines }: { engines: { node: string } } = JSON.parse(
    readFileSync(join(packageRoot(), 'package.json'), 'utf8'),
  );
  return engines.node.replace('>=', '');
}

/** Whether a version of Node will do. @param version `20.19.4` */
export function isNodeRecent(version: string): boolean {
  const [[major = 0, minor = 0] = [], [oldestMajor = 0, oldestMinor = 0] = []] = [version, oldestNode()].map(
    (text) => text.split('.').map(Number),
  );
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
