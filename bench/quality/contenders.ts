import type { Given } from '../../src/requests/options.js';

/** What paints against the reference: its options, and how often its loss is looked at. */
export interface Contender {
  readonly name: string;
  readonly given: Given;
}

/** The first loop of VQGAN-CLIP as `--compat crops` repeats it: 500 steps of Adam at 0.1 from random codes. */
export const REFERENCE: Contender = { name: 'the reference', given: { compat: 'crops', every: 20 } };

/** Steps that a fifth of the reference's are. */
const FIFTH = 100;

export const CONTENDERS: readonly Contender[] = [
  { name: 'Easel without its prior', given: { start: 'noise', steps: FIFTH, every: 4 } },
  { name: 'Easel, as it comes', given: { every: 1 } },
];

/** Things, places and moods; none chosen by result. */
export const PROMPTS = [
  ...['a red apple', 'a cat', 'a castle at night', 'mountains at sunrise', 'a sunflower'],
  ...['a lighthouse in a storm', 'a purple dragon', 'a village in the snow', 'loneliness', 'an octopus'],
] as const;
