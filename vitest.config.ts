import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    // End-to-end tests race real processes on a shared machine; CI prints what needed its second try.
    retry: process.env['CI'] ? 1 : 0,
  },
});
