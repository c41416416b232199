import type { Given } from './options.js';

/** What was given, without what was not: an option that is undefined must not hide a value from elsewhere. */
export function onlyGiven(given: Given): Given {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
