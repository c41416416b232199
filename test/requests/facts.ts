import type { ModelFacts } from '../../src/requests/model-facts.js';

/** A small model without prior and encoder. */
export const facts: ModelFacts = {
  name: 'pocket',
  vqgan: { factor: 8 },
  clips: [{ name: 'ViT-B/32' }, { name: 'RN50' }],
  defaults: { width: 128, height: 128, steps: 100, cutouts: 16, learningRate: 0.1, start: 'noise' },
};

/** The same with a prior and an encoder. */
export const gifted: ModelFacts = { ...facts, vqgan: { factor: 8, encoder: {} }, prior: {} };

export const IMAGE = 'a'.repeat(64);
