import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The package as it lies in the sources, as `paths` of tsconfig.json has it for the compiler and tsx. */
const GRADIENTS = fileURLToPath(new URL('packages/onnx-gradients/src', import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^onnx-gradients$/, replacement: `${GRADIENTS}/index.ts` },
      { find: /^onnx-gradients\/(.+)$/, replacement: `${GRADIENTS}/$1.ts` },
    ],
  },
  test: {
    include: ['test/**/*.test.ts', 'packages/*/test/**/*.test.ts'],
    // How long nothing may happen, on the slowest machine: no test is decided by time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    pool: 'forks',
    // As src/runtime/onnxruntime.ts does, for tests that load the library themselves.
    env: { ORT_DISABLE_TELEMETRY: '1' },
    // End-to-end tests race real processes on a shared machine; CI prints what needed its second try.
    retry: process.env['CI'] ? 1 : 0,
  },
});
