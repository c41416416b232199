import { expect, it } from 'vitest';
import { isNodeRecent, oldestNode } from '../src/node-version.js';

it.each([
  ['18.20.8', false],
  ['20.18.3', false],
  ['20.19.0', true],
  ['20.20.2', true],
  ['22.0.0', true],
  ['100.0.0', true],
])('whether Node %s will do: %s', (version, isRecent) => {
  expect(oldestNode()).toBe('20.19');
  expect(isNodeRecent(version)).toBe(isRecent);
});
