import type { Manifest } from '../../contracts/manifest.js';

/** What a request gets that asks for nothing, on two to four cores: some minutes. */
export const DEFAULTS: Manifest['defaults'] = {
  width: 256,
  height: 256,
  steps: 80,
  cutouts: 8,
  learningRate: 0.1,
  start: 'noise',
};

/** Prompts that CLIP-guided pictures are known for. */
export const SUGGESTIONS: readonly string[] = [
  'a lighthouse in a storm, oil on canvas',
  'a city of glass at dusk, matte painting',
  'a garden under the sea, watercolour',
];
