import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../src/package-root.js';

const read = (name: string) => JSON.parse(readFileSync(join(packageRoot(), name), 'utf8'));

describe('an installation', () => {
  // npm 10 runs what the lock says there is to run; npm 11 and 12 ask `allowScripts`. No form of npm warns of either.
  it('does not run the script of ONNX Runtime, which downloads hundreds of megabytes for CUDA', () => {
    const { packages } = read('package-lock.json');
    expect(packages['node_modules/onnxruntime-node']).toBeDefined();
    expect(packages['node_modules/onnxruntime-node'].hasInstallScript).toBeUndefined();
    expect(read('package.json').allowScripts['onnxruntime-node']).toBe(false);
  });

  it('says of every package with a script whether npm may run it, so that npm 11 and 12 do not ask', () => {
    const { packages } = read('package-lock.json');
    const scripted = Object.entries<{ hasInstallScript?: boolean }>(packages).filter(
      ([, { hasInstallScript }]) => hasInstallScript === true,
    );
    const names = scripted.map(([path]) => path.replace(/^.*node_modules\//, ''));
    expect(names).toContain('esbuild');
    expect(Object.keys(read('package.json').allowScripts)).toEqual(expect.arrayContaining(names));
  });

  it('takes its packages from wherever npm is told to, and from no address of its own', () => {
    const { packages } = read('package-lock.json');
    const resolved = Object.values<{ resolved?: string }>(packages).flatMap((entry) => entry.resolved ?? []);
    expect(resolved.filter((from) => from.includes('://'))).toEqual([]);
  });
});

describe('the container’s build', () => {
  it('is given what `npm ci` runs in it, though little else of bench/', () => {
    const ignored = readFileSync(join(packageRoot(), '.dockerignore'), 'utf8').split('\n');
    const { prepare, 'build:page': page } = read('package.json').scripts;
    const run = [prepare, page].map((script: string) => script.replace('tsx ', ''));
    expect(run).toEqual(['bench/prepare.ts', 'bench/build-page.ts']);
    expect(ignored).toContain('bench/*');
    for (const path of [...run, 'bench/page']) expect(ignored).toContain(`!${path}`);
  });
});

describe('the tarball', () => {
  let folder: string;
  let files: readonly string[];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'easel-tarball-'));
    const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
    execFileSync('npm', pack, { cwd: packageRoot() });
    execFileSync('tar', ['xzf', 'easel-0.1.0.tgz'], { cwd: folder });
    const list = execFileSync('tar', ['tzf', 'easel-0.1.0.tgz'], { cwd: folder, encoding: 'utf8' });
    files = list
      .trim()
      .split('\n')
      .map((name) => name.replace(/^package\//, ''));
    // What an installation would fetch stands beside it.
    symlinkSync(join(packageRoot(), 'node_modules'), join(folder, 'node_modules'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('holds what runs, the embedded models and the packages that are nowhere else, and nothing more', () => {
    const runs = /^(dist\/(src|commands)\/.*\.js|dist\/page\/.*|models\/.*)$/;
    const carried = /^node_modules\/(onnx-gradients|@bufbuild\/protobuf)\//;
    const tells = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', '.env.example'];
    expect(files.filter((file) => !runs.test(file) && !carried.test(file) && !tells.includes(file))).toEqual(
      [],
    );
    const needed = ['dist/src/easel.js', 'dist/page/index.html', 'models/pocket/manifest.json', ...tells];
    expect(files).toEqual(
      expect.arrayContaining([...needed, 'node_modules/onnx-gradients/dist/index.js', 'models/styles.json']),
    );
  });

  it('paints without a clone', () => {
    const picture = join(folder, 'out.png');
    const easel = join(folder, 'package', 'dist', 'src', 'easel.js');
    const words = ['imagine', 'a lighthouse', '--steps', '1', '--cutouts', '1', '--size', '64x64'];
    execFileSync(process.execPath, [easel, ...words, '--out', picture], {
      cwd: folder,
      env: { ...process.env, DATA_DIR: join(folder, 'data'), XDG_CACHE_HOME: join(folder, 'cache') },
      stdio: 'pipe',
    });
    expect(existsSync(picture)).toBe(true);
  });
});
