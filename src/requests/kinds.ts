import { z } from 'zod';
import { RequestError } from './complaint.js';

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What the values of an option are, told once: for people, for the request's schema, and for every door. */
export interface Kind<Value> {
  /** What a right value is, after "Expected `name` to be". */
  readonly sentence: string;
  /** What stands for a value where an option is described: `<n>`. */
  readonly placeholder: string;
  readonly schema: z.ZodType<Value>;
  /** Reads what somebody typed; anything but a right value is refused by the schema. */
  readonly parse: (text: string) => unknown;
  /** How a door that has fields instead of a line should offer it. */
  readonly form:
    | ({ readonly is: 'whole' | 'decimal' } & Bounds)
    | { readonly is: 'choice'; readonly choices: readonly (string | number)[] }
    | { readonly is: 'flag' }
    | { readonly is: 'size' }
    | { readonly is: 'text' }
    | { readonly is: 'picture' };
}

export function whole({ min, max }: Bounds): Kind<number> {
  const sentence = `a whole number between ${min} and ${max}`;
  return {
    ...{ sentence, placeholder: '<n>', form: { is: 'whole', min, max } },
    schema: z.int(sentence).min(min, sentence).max(max, sentence),
    parse: (text) => (/^-?\d+$/.test(text) ? Number(text) : text),
  };
}

export function decimal({ min, max }: Bounds): Kind<number> {
  const sentence = `a number between ${min} and ${max}`;
  return {
    ...{ sentence, placeholder: '<n>', form: { is: 'decimal', min, max } },
    schema: z.number(sentence).min(min, sentence).max(max, sentence),
    parse: (text) => (/^-?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : text),
  };
}

/** One of a few words or numbers. */
export function oneOf<const Choice extends string | number>(choices: readonly Choice[]): Kind<Choice> {
  const sentence = `one of ${choices.join(', ')}`;
  const isNumeric = choices.every((choice) => typeof choice === 'number');
  return {
    ...{ sentence, placeholder: isNumeric ? '<n>' : '<word>', form: { is: 'choice', choices } },
    schema: z.literal(choices, sentence),
    parse: (text) => choices.find((choice) => String(choice) === text) ?? text,
  };
}

/** `128x96`: width, then height, in pixels. */
export function size(side: Bounds): Kind<Size> {
  const sentence = `WIDTHxHEIGHT with sides between ${side.min} and ${side.max}`;
  const length = whole(side).schema;
  return {
    ...{ sentence, placeholder: '<WxH>', form: { is: 'size' } },
    schema: z.strictObject({ width: length, height: length }, sentence),
    parse: (text) => {
      const [, width, height] = /^(\d{1,9})x(\d{1,9})$/i.exec(text)?.map(Number) ?? [];
      return width === undefined ? text : { width, height };
    },
  };
}

/** Something that is asked for by its name alone. */
export const FLAG: Kind<true> = {
  sentence: 'true where it is there',
  placeholder: '',
  schema: z.literal(true, 'true where it is there'),
  parse: (text) => text === 'true' || text,
  form: { is: 'flag' },
};

/** A text that is not blank, of at most so many characters. */
export function words(most: number): Kind<string> {
  const sentence = `a text of at most ${most} characters`;
  return {
    ...{ sentence, placeholder: '<words>', form: { is: 'text' } },
    schema: z.string(sentence).trim().min(1, sentence).max(most, sentence),
    parse: (text) => text,
  };
}

/** A picture, by its sha256 in lower-case hex; doors take a file. */
export const PICTURE: Kind<string> = {
  sentence: 'a sha256 in lower-case hex',
  placeholder: '<file>',
  schema: z.string().regex(/^[0-9a-f]{64}$/, 'a sha256 in lower-case hex'),
  parse: (text) => text,
  form: { is: 'picture' },
};

/**
 * A typed value, read.
 *
 * @throws UserError "Expected `name` to be …, got `text`."
 */
export function readValue<Value>(name: string, kind: Kind<Value>, text: string): Value {
  const read = kind.schema.safeParse(kind.parse(text));
  if (!read.success) throw wrongValue(name, kind, text);
  return read.data;
}

/** What to throw where an option was given something else than it takes. */
export function wrongValue(
  option: string,
  { sentence, form }: Pick<Kind<unknown>, 'sentence' | 'form'>,
  got: string,
): RequestError {
  switch (form.is) {
    case 'whole':
    case 'decimal': {
      const { min, max } = form;
      const kind = form.is === 'whole' ? 'notWhole' : 'notInRange';
      return new RequestError({ kind, option, min, max, got });
    }
    case 'choice':
      return new RequestError({ kind: 'notAChoice', option, choices: form.choices, got });
    default:
      return new RequestError({ kind: 'wrongValue', option, sentence, got });
  }
}
