import type { Operator } from '../../../../src/onnx/shapes/rules.js';
import type { Sampler } from '../node-sample.js';
import { ARRANGEMENT_SAMPLERS } from './arrangement.js';
import { ELEMENTWISE_SAMPLERS } from './elementwise.js';
import { OTHER_SAMPLERS } from './others.js';
import { WINDOW_SAMPLERS } from './windows.js';

/** A sampler for every operator with a shape rule: a new rule without one does not compile. */
export const SAMPLERS: Readonly<Record<Operator, Sampler>> = {
  ...ARRANGEMENT_SAMPLERS,
  ...ELEMENTWISE_SAMPLERS,
  ...OTHER_SAMPLERS,
  ...WINDOW_SAMPLERS,
};
