/**
 * What npm runs once everything is installed: builds, unless all that is built is newer than what it is made of. npm runs
 * this again before the first `npx easel` of a clone, where a bot may be at work on these very files.
 */
import { execSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../src/package-root.js';

const SOURCES = ['src', 'commands', 'bench/page', 'packages/onnx-gradients/src'];
const SETTINGS = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
/** The first and the last that a build writes. */
const BUILT = ['packages/onnx-gradients/dist/index.js', 'dist/src/easel.js', 'dist/page/index.html'];

const root = packageRoot();
const changed = (path: string) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs;

/** The folders as well: theirs tells that a file is gone. */
const inside = SOURCES.flatMap((folder) => [
  folder,
  ...readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, String(name))),
]);
const newest = Math.max(...[...inside, ...SETTINGS].map((path) => changed(path) ?? 0));
const oldest = Math.min(...BUILT.map((path) => changed(path) ?? 0));
if (newest >= oldest) execSync('npm run build', { cwd: root, stdio: 'inherit' });
