import { type Command, Option } from 'commander';
import { readValue } from '../requests/kinds.js';
import { OPTION_GROUPS, OPTION_NAMES, type OptionName, optionOf, spelled } from '../requests/options.js';

/** Adds options of a request, all of them by default; pictures stay the names of their files. */
export function addRequestOptions(command: Command, names: readonly OptionName[] = OPTION_NAMES): Command {
  for (const [heading, grouped] of Object.entries(OPTION_GROUPS)) {
    for (const name of grouped.filter((wanted) => names.includes(wanted))) {
      const option = commandLineOption(name);
      // A few need no headings.
      command.addOption(names.length === OPTION_NAMES.length ? option.helpGroup(`${heading}:`) : option);
    }
  }
  return command;
}

function commandLineOption(name: OptionName): Option {
  const { kind, help, isMany } = optionOf(name);
  const flag = `--${spelled(name)}`;
  const { form } = kind;
  const isTold = (choice: string | number) => new RegExp(`\\b${choice}\\b`).test(help);
  const untold = form.is === 'choice' && !form.choices.every(isTold) ? form.choices : [];
  const choices = untold.length > 0 ? `: ${untold.join(', ')}` : '';
  const option = new Option(
    `${flag} ${kind.placeholder}`.trimEnd(),
    `${help}${choices}${isMany ? ' (repeatable)' : ''}`,
  );
  if (form.is === 'flag') return option;
  const read = (text: string) => (form.is === 'picture' ? text : readValue(flag, kind, text));
  return option.argParser<unknown>((text, before) =>
    isMany ? [...(Array.isArray(before) ? before : []), read(text)] : read(text),
  );
}
