import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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

  it('takes its packages from wherever npm is told to, and from no address of its own', () => {
    const { packages } = read('package-lock.json');
    const resolved = Object.values<{ resolved?: string }>(packages).flatMap((entry) => entry.resolved ?? []);
    expect(resolved.filter((from) => from.includes('://'))).toEqual([]);
  });
});
