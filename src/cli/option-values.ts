import { UserError } from '../errors.js';

/** A parser for an option that takes a whole number in a range. */
export function wholeNumber(name: string, { min, max }: { readonly min: number; readonly max: number }) {
  return (text: string): number => {
    const value = Number(text);
    if (!/^-?\d+$/.test(text) || value < min || value > max) {
      throw new UserError(
        `Expected \`${name}\` to be a whole number between ${min} and ${max}, got \`${text}\`.`,
      );
    }
    return value;
  };
}

/** A parser for an option that takes a number in a range, ends included. */
export function numberBetween(name: string, { min, max }: { readonly min: number; readonly max: number }) {
  return (text: string): number => {
    const value = Number(text);
    if (!/^-?(\d+\.?\d*|\.\d+)$/.test(text) || value < min || value > max) {
      throw new UserError(`Expected \`${name}\` to be a number between ${min} and ${max}, got \`${text}\`.`);
    }
    return value;
  };
}

/** A parser for an option that takes one of a few words. */
export function oneOf<const Choice extends string>(name: string, choices: readonly Choice[]) {
  return (text: string): Choice => {
    const choice = choices.find((known) => known === text);
    if (choice === undefined) {
      throw new UserError(`Expected \`${name}\` to be one of ${choices.join(', ')}, got \`${text}\`.`);
    }
    return choice;
  };
}

/** Reads `128x96`: width, then height. */
export function readSize(name: string, { min, max }: { readonly min: number; readonly max: number }) {
  return (text: string): { readonly width: number; readonly height: number } => {
    const [, width, height] = /^(\d{1,9})x(\d{1,9})$/i.exec(text)?.map(Number) ?? [];
    const fits = (side: number | undefined): side is number =>
      side !== undefined && side >= min && side <= max;
    if (!fits(width) || !fits(height)) {
      throw new UserError(
        `Expected \`${name}\` as WIDTHxHEIGHT with sides between ${min} and ${max}, got \`${text}\`.`,
      );
    }
    return { width, height };
  };
}
