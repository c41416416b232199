import type { APIApplicationCommandOptionChoice } from 'discord.js';
import type { ModelFacts } from '../../requests/model-facts.js';
import { oneLine, shorten } from '../words/markdown.js';
import { CHOICES, NAME_LENGTH } from './job-choices.js';

/** The option that names a model; offered where there are several. */
export const MODEL_OPTION = 'model';

/** Models to choose from, those whose name or title contains what was typed. */
export function modelChoices(
  models: readonly ModelFacts[],
  typed: string,
): APIApplicationCommandOptionChoice<string>[] {
  const wanted = typed.trim().toLowerCase();
  return models
    .map(({ name, title, defaults: { width, height } }) => ({
      name: oneLine(`${name}: ${title === undefined ? '' : `${title}, `}${width} × ${height}`),
      value: name,
    }))
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .slice(0, CHOICES)
    .map(({ name, value }) => ({ name: shorten(name, NAME_LENGTH), value }));
}
