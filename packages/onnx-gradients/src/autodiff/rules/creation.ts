import { type Entries, flat } from '../entry.js';

const random = flat('it is drawn at run time');

/** Operators whose results are made from shapes alone, or by chance. */
export const CREATION = {
  Bernoulli: random,
  ConstantOfShape: flat('it is made from a shape'),
  EyeLike: flat('it is made from a shape'),
  RandomNormal: random,
  RandomNormalLike: random,
  RandomUniform: random,
  RandomUniformLike: random,
  Range: flat('its length depends on its inputs'),
  Shape: flat('its result is a shape'),
  Size: flat('its result is a count'),
} as const satisfies Entries;
