import { ApplicationCommandOptionType, type APIApplicationCommandOption } from 'discord.js';
import { commands } from '../../commands/index.js';

/** One thing that can be typed: a command, or one of its sub-commands. */
export interface Way {
  readonly name: string;
  readonly options: readonly APIApplicationCommandOption[];
}

/** Every command, sub-commands one by one. */
export const WAYS: readonly Way[] = commands.flatMap(({ data: { name, options = [] } }) => {
  const parts = options.filter((option) => option.type === ApplicationCommandOptionType.Subcommand);
  return parts.length === 0
    ? [{ name, options }]
    : parts.map((part) => ({ name: `${name} ${part.name}`, options: part.options ?? [] }));
});

/** What a way requires, with a value each; 1 where none is given for its name. */
export function requiredOf({ options }: Way, values: Values): Values {
  const required = options.filter((option) => 'required' in option && option.required);
  return Object.fromEntries(required.map((option) => [option.name, values[option.name] ?? 1]));
}

export type Values = Readonly<Record<string, string | number | boolean>>;
