import { type APIApplicationCommandBasicOption, ApplicationCommandOptionType } from 'discord.js';
import { styleChoice } from '../words/style-title.js';
import { isOffered, offered, offeredChoice } from '../words/offered.js';
import { wrongValue } from '../../requests/kinds.js';
import { type Given, OPTION_NAMES, type OptionName, optionOf, spelled } from '../../requests/options.js';

/** What an option is called on Discord, where nobody begins with an `init`. */
export function shownAs(name: OptionName): string {
  return name === 'init' ? 'image' : spelled(name);
}

/** The words of an option of a picture; Discord is offered an option only if there are some. */
const keyOf = (name: OptionName) => `imagine ${shownAs(name)}`;

const OFFERED = OPTION_NAMES.filter((name) => isOffered(keyOf(name)));

/** They as a command shows them; Discord checks what can be told to it. */
export function slashOptions(): APIApplicationCommandBasicOption[] {
  return OFFERED.map(slashOption);
}

function isPicture(name: OptionName): boolean {
  return optionOf(name).kind.form.is === 'picture';
}

/** The offered options that take a file. */
export const PICTURES = OFFERED.filter(isPicture);

/** An interaction's options. */
interface FilledIn {
  get(name: string): { readonly value?: string | number | boolean } | null;
}

/**
 * What somebody filled in.
 *
 * @throws UserError for a value that Discord should not have let through.
 */
export function givenIn(filledIn: FilledIn): Given {
  // A file has to be fetched first: see `takePictures`.
  const values = OFFERED.filter((name) => !isPicture(name)).map((name) => {
    const filled = filledIn.get(shownAs(name))?.value;
    const { isMany, kind } = optionOf(name);
    // What is off was not asked for.
    const value = filled === false ? undefined : filled;
    if (value !== undefined && !kind.schema.safeParse(value).success) {
      throw wrongValue(shownAs(name), kind, String(value));
    }
    return [name, isMany && value !== undefined ? [value] : value] as const;
  });
  return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Given; // each by its own schema
}

function slashOption(name: OptionName): APIApplicationCommandBasicOption {
  const key = keyOf(name);
  if (!isOffered(key)) throw new Error(`Expected words for \`${key}\`.`);
  const named = offered(key);
  const { form } = optionOf(name).kind;
  switch (form.is) {
    case 'whole':
    case 'decimal': {
      const bounds = { min_value: form.min, max_value: form.max };
      return form.is === 'whole'
        ? { ...named, ...bounds, type: ApplicationCommandOptionType.Integer }
        : { ...named, ...bounds, type: ApplicationCommandOptionType.Number };
    }
    case 'choice': {
      const numbers = form.choices.filter((choice) => typeof choice === 'number');
      const choicesOf = <Choice extends string | number>(values: readonly Choice[]) =>
        values.map(offeredChoice);
      return numbers.length > 0
        ? { ...named, type: ApplicationCommandOptionType.Integer, choices: choicesOf(numbers) }
        : {
            ...named,
            type: ApplicationCommandOptionType.String,
            choices: form.choices
              .map(String)
              .map((value) => (name === 'style' ? styleChoice(value) : offeredChoice(value))),
          };
    }
    case 'flag':
      return { ...named, type: ApplicationCommandOptionType.Boolean };
    case 'picture':
      return { ...named, type: ApplicationCommandOptionType.Attachment };
    case 'text':
      return { ...named, type: ApplicationCommandOptionType.String };
    case 'size':
      // It needs a parser and has no words for Discord yet.
      throw new Error(`Expected \`${name}\` not to be offered on Discord.`);
  }
}
