import { type Bounds, decimal, type Kind, oneOf as oneOfKind, readValue, whole } from '../requests/kinds.js';

const reader =
  <Value>(name: string, kind: Kind<Value>) =>
  (text: string): Value =>
    readValue(name, kind, text);

/** A parser for an option that takes a whole number in a range. */
export const wholeNumber = (name: string, bounds: Bounds) => reader(name, whole(bounds));

/** A parser for an option that takes a number in a range, ends included. */
export const numberBetween = (name: string, bounds: Bounds) => reader(name, decimal(bounds));

/** A parser for an option that takes one of a few words. */
export const oneOf = <const Choice extends string>(name: string, choices: readonly Choice[]) =>
  reader(name, oneOfKind(choices));
