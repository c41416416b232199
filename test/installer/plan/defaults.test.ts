import { expect, it } from 'vitest';
import { defaultsFor } from '../../../src/installer/plan/defaults.js';

it.each([
  ['two cores', { isGpu: false, cores: 2 }, { steps: 80, cutouts: 8 }],
  ['eight cores', { isGpu: false, cores: 8 }, { steps: 80, cutouts: 16 }],
  ['a GPU', { isGpu: true, cores: 2 }, { steps: 200, cutouts: 32 }],
])('on %s a request that asks for nothing gets what that paints in minutes', (_, device, expected) => {
  expect(defaultsFor(device)).toMatchObject({ width: 256, height: 256, ...expected });
});
