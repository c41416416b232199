import { type Entries, flat } from '../entry.js';

/** Operators whose results are made from shapes alone. */
export const CREATION = {
  ConstantOfShape: flat('it is made from a shape'),
  EyeLike: flat('it is made from a shape'),
  Range: flat('its length depends on its inputs'),
  Shape: flat('its result is a shape'),
  Size: flat('its result is a count'),
} as const satisfies Entries;
