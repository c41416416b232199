import type { Given } from '../../src/requests/options.js';

/** What paints against the reference: its options, and how often its loss is looked at. */
export interface Contender {
  readonly name: string;
  readonly given: Given;
}

/** The first loop of VQGAN-CLIP as `--compat crops` repeats it: 500 steps of Adam at 0.1 from random codes. */
export const REFERENCE: Contender = { name: 'the reference', given: { compat: 'crops', every: 20 } };

/**
 * As it comes, Easel stops where its pictures look best, long before CLIP likes them best. Told to go as far as the reference: from the
 * prior, with large steps that come down, half the cutouts, and the coarse grid only until it has nothing more to give.
 */
export const CONTENDERS: readonly Contender[] = [
  { name: 'Easel, as it comes', given: { every: 1 } },
  {
    name: 'Easel, told to go as far',
    given: { steps: 160, learningRate: 0.3, cutouts: 8, coarse: 0.1, every: 6 },
  },
];

/** Things, places and moods; none chosen by result. */
export const PROMPTS = [
  ...['a red apple', 'a cat', 'a castle at night', 'mountains at sunrise', 'a sunflower'],
  ...['a lighthouse in a storm', 'a purple dragon', 'a village in the snow', 'loneliness', 'an octopus'],
] as const;
