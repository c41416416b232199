import type { APIApplicationCommandOption } from 'discord-api-types/v10';

/** Option types as Discord numbers them. */
export const TYPE = {
  text: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  file: 11,
} as const;

/** The value a field's text stands for. */
export function optionValue({ type }: APIApplicationCommandOption, text: string): string | number | boolean {
  const kind: number = type;
  if (kind === TYPE.integer || kind === TYPE.number) return Number(text);
  return kind === TYPE.boolean ? text === 'true' : text;
}

/** What is wrong with a field, in a sentence; undefined when nothing is. */
export function checkOption(
  option: APIApplicationCommandOption,
  text: string,
  hasFile: boolean,
): string | undefined {
  const kind: number = option.type;
  if (kind === TYPE.file) return option.required && !hasFile ? 'A file is needed here.' : undefined;
  if (text === '') return option.required ? 'Something is needed here.' : undefined;
  if (kind === TYPE.text) return checkLength(option, text);
  return kind === TYPE.integer || kind === TYPE.number ? checkNumber(option, text) : undefined;
}

function checkLength(option: APIApplicationCommandOption, text: string): string | undefined {
  const least = ('min_length' in option ? option.min_length : undefined) ?? 0;
  const most = ('max_length' in option ? option.max_length : undefined) ?? 6000;
  if (text.length < least) return `At least ${least} characters are needed, there are ${text.length}.`;
  if (text.length > most) return `At most ${most} characters fit, there are ${text.length}.`;
  return undefined;
}

function checkNumber(option: APIApplicationCommandOption, text: string): string | undefined {
  const value = Number(text);
  const isWhole = Number(option.type) === TYPE.integer;
  if (!Number.isFinite(value) || (isWhole && !Number.isSafeInteger(value))) {
    return `Expected a ${isWhole ? 'whole ' : ''}number, got “${text.slice(0, 20)}”.`;
  }
  const least = 'min_value' in option ? option.min_value : undefined;
  const most = 'max_value' in option ? option.max_value : undefined;
  if (value >= (least ?? -Infinity) && value <= (most ?? Infinity)) return undefined;
  if (least === undefined) return `Expected at most ${most}.`;
  return most === undefined
    ? `Expected at least ${least}.`
    : `Expected a number between ${least} and ${most}.`;
}
