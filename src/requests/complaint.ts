import { UserError } from '../errors.js';

/**
 * Why a request cannot be painted as it was asked for: data, so that everybody is told in their own language. Options are
 * named as people spell them.
 */
export type Complaint =
  | {
      readonly kind: 'notWhole' | 'notInRange';
      readonly option: string;
      readonly min: number;
      readonly max: number;
      readonly got: string;
    }
  | {
      readonly kind: 'notAChoice';
      readonly option: string;
      readonly choices: readonly (string | number)[];
      readonly got: string;
    }
  /** Of options that are more than a number or a choice; the sentence is English. */
  | {
      readonly kind: 'wrongValue';
      readonly option: string;
      readonly sentence: string;
      readonly got: string;
    }
  /** A field of a whole request that somebody wrote; the sentence is its schema's. */
  | { readonly kind: 'wrongField'; readonly field: string; readonly sentence: string; readonly got: string }
  | { readonly kind: 'otherModel'; readonly model: string; readonly got: string }
  | { readonly kind: 'noSuchModel'; readonly model: string; readonly others: readonly string[] }
  | {
      readonly kind: 'notMultiple';
      readonly option: string;
      readonly factor: number;
      readonly model: string;
      readonly got: number;
    }
  | {
      readonly kind: 'noSuchClip';
      readonly clip: string;
      readonly model: string;
      readonly known: readonly string[];
    }
  | { readonly kind: 'noPrompt' | 'emptyPrompt' | 'emptyPart' | 'wordlessPrior' }
  | { readonly kind: 'manyPrompts'; readonly most: number; readonly got: number }
  | { readonly kind: 'longPrompt'; readonly most: number; readonly got: number }
  | { readonly kind: 'weightless'; readonly prompt: string }
  | {
      readonly kind: 'unknownFlag' | 'bareFlag';
      readonly flag: string;
      readonly understood: readonly string[];
    }
  | { readonly kind: 'noPrior' | 'noEncoder' | 'noJourney'; readonly model: string }
  | { readonly kind: 'startWithout'; readonly start: string }
  | { readonly kind: 'uselessInit'; readonly start: string }
  | { readonly kind: 'nothingToVary' }
  | { readonly kind: 'smallTile'; readonly least: number; readonly width: number; readonly height: number }
  | { readonly kind: 'longSide'; readonly most: number; readonly width: number; readonly height: number }
  | { readonly kind: 'both'; readonly one: string; readonly other: string }
  | { readonly kind: 'needsPicture'; readonly picture: string; readonly option: string }
  | { readonly kind: 'needsMove'; readonly option: string };

/** Words for every complaint: a kind without its sentence does not compile. */
export type ComplaintWords = {
  readonly [Kind in Complaint['kind']]: (complaint: Complaint & { readonly kind: Kind }) => string;
};

/** The sentence for a complaint. */
export function complain(words: ComplaintWords, complaint: Complaint): string {
  // The table has the kind's own words, which take just this complaint: the compiler does not see that they belong.
  return (words[complaint.kind] as (complaint: Complaint) => string)(complaint);
}

/** A complaint on its way to whoever asked; its message is English, for the command line. */
export class RequestError extends UserError {
  readonly complaint: Complaint;

  constructor(complaint: Complaint) {
    super(complain(ENGLISH, complaint));
    this.complaint = complaint;
  }
}

const listed = (names: readonly string[], none: string) => names.join(', ') || none;

export const ENGLISH: ComplaintWords = {
  notWhole: ({ option, min, max, got }) =>
    `Expected \`${option}\` to be a whole number between ${min} and ${max}, got \`${got}\`.`,
  notInRange: ({ option, min, max, got }) =>
    `Expected \`${option}\` to be a number between ${min} and ${max}, got \`${got}\`.`,
  notAChoice: ({ option, choices, got }) =>
    `Expected \`${option}\` to be one of ${choices.join(', ')}, got \`${got}\`.`,
  wrongValue: ({ option, sentence, got }) => `Expected \`${option}\` to be ${sentence}, got \`${got}\`.`,
  wrongField: ({ field, sentence, got }) => `Expected \`${field}\` to be ${sentence}, got \`${got}\`.`,
  otherModel: ({ model, got }) => `Expected a request for the model \`${model}\`, got one for \`${got}\`.`,
  noSuchModel: ({ model, others }) =>
    `There is no model \`${model}\` here (any more); there is ${listed(others, 'none')}.`,
  notMultiple: ({ option, factor, model, got }) =>
    `Expected \`${option}\` to be a multiple of ${factor} for the model \`${model}\`, got \`${got}\`.`,
  noSuchClip: ({ clip, model, known }) =>
    `Expected \`clips\` to be among those of the model \`${model}\` (${listed(known, 'none by name')}), got \`${clip}\`.`,
  noPrompt: () => 'Expected at least one prompt.',
  emptyPrompt: () => 'Expected a prompt, got an empty one.',
  emptyPart: () => 'Expected a prompt on both sides of every `|` and `//`, got an empty one.',
  wordlessPrior: () => 'Expected a prompt in words when `start` is `prior`.',
  manyPrompts: ({ most, got }) => `Expected at most ${most} prompts, got ${got}.`,
  longPrompt: ({ most, got }) => `Expected a prompt of at most ${most} characters, got ${got}.`,
  weightless: ({ prompt }) => `Expected the weight of \`${prompt}\` not to be 0.`,
  unknownFlag: ({ flag, understood }) =>
    `\`--${flag}\` means nothing here; what does: ${understood.join(', ')}.`,
  bareFlag: ({ flag, understood }) =>
    `Expected something behind \`--${flag}\`, as in ${understood.join(', ')}.`,
  noPrior: ({ model }) =>
    `The model \`${model}\` has no prior; expected \`start\` to be \`noise\` or \`picture\`.`,
  noEncoder: ({ model }) => `The model \`${model}\` has no encoder, so it cannot start from a picture.`,
  noJourney: ({ model }) => `The model \`${model}\` has no encoder, so its pictures cannot go on a journey.`,
  startWithout: ({ start }) => `Expected \`init\` with a picture when \`start\` is \`${start}\`.`,
  uselessInit: ({ start }) =>
    `Expected \`start\` to be \`picture\`, or a \`pull\` towards it, with an \`init\` picture; got \`${start}\`.`,
  nothingToVary: () => 'Expected `init` with a picture to `vary`.',
  smallTile: ({ least, width, height }) =>
    `Expected sides of at least ${least} for a \`tile\`, got ${width}x${height}.`,
  longSide: ({ most, width, height }) => `Expected sides of at most ${most}, got ${width}x${height}.`,
  both: ({ one, other }) =>
    `Expected a \`${one}\` or ${/^[aeiou]/.test(other) ? 'an' : 'a'} \`${other}\`, got both.`,
  needsPicture: ({ picture, option }) =>
    `Expected ${picture === 'init' ? 'an `init`' : `a \`${picture}\``} picture with \`${option}\`.`,
  needsMove: ({ option }) => `Expected \`zoom\`, \`pan-x\` or \`pan-y\` with \`${option}\`.`,
};
