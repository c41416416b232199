import type { Manifest } from '../../contracts/manifest.js';

/** What a model will be painted with. */
export interface Device {
  readonly isGpu: boolean;
  readonly cores: number;
}

/** What a request gets that asks for nothing: some minutes on two to four cores, more views of the picture where there is more. */
export function defaultsFor({ isGpu, cores }: Device): Manifest['defaults'] {
  if (isGpu) return { ...DEFAULTS, steps: 200, cutouts: 32 };
  return cores >= 8 ? { ...DEFAULTS, cutouts: 16 } : DEFAULTS;
}

/** On two to four cores. */
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
