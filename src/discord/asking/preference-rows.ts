import { type ActionRowData, ComponentType, type StringSelectMenuComponentData } from 'discord.js';
import { type Defaulted, NOTICES, type Preferences } from '../../contracts/preferences.js';
import { optionOf } from '../../requests/options.js';
import { shorten } from '../words/markdown.js';
import { titleOf } from '../words/style-title.js';
import { type Text, textFor } from '../words/text.js';
import { formatCommandId } from './custom-id.js';

/** Stands for no choice at all: a select's value may not be empty. */
export const NOTHING = '-';
/** What a select holds at most, the line for no choice among them. */
const MOST = 25;
const LABEL_ROOM = 100;

interface Choosing {
  readonly chosen: Preferences;
  readonly models: readonly string[];
  readonly locale: string;
}

interface Line {
  readonly value: string;
  readonly label: string;
}

/** What somebody can choose once for all, a select each. */
export function choiceRows({
  chosen,
  models,
  locale,
}: Choosing): ActionRowData<StringSelectMenuComponentData>[] {
  const text = textFor(locale);
  const notices = NOTICES.map((value) => ({ value, label: text.me.notices[value] }));
  const rows = [select('notice', notices, chosen.notice)];
  for (const name of ['aspect', 'quality', 'style'] as const) {
    const lines = valuesOf(name).map((value) => ({ value, label: labelOf(name, value, text, locale) }));
    rows.push(select(name, [nothing(name, text), ...lines], chosen.defaults[name]));
  }
  if (models.length > 1) {
    const lines = models.map((value) => ({ value, label: value }));
    rows.push(select('model', [nothing('model', text), ...lines], chosen.defaults.model));
  }
  return rows;
}

function valuesOf(name: 'aspect' | 'quality' | 'style'): readonly string[] {
  const { form } = optionOf(name).kind;
  return form.is === 'choice' ? form.choices.map(String) : [];
}

function labelOf(name: Defaulted, value: string, { choices, offer }: Text, locale: string): string {
  const words: Readonly<Record<string, string>> = choices;
  const label = name === 'style' ? titleOf(value, locale) : (words[value] ?? value);
  return `${offer[`imagine ${name}`].name}: ${label}`;
}

function nothing(name: Defaulted, { offer, me }: Text): Line {
  return { value: NOTHING, label: `${offer[`imagine ${name}`].name}: ${me.nothingChosen}` };
}

function select(
  name: Defaulted | 'notice',
  lines: readonly Line[],
  chosen: string = NOTHING,
): ActionRowData<StringSelectMenuComponentData> {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        customId: formatCommandId({ command: 'me', wish: name }),
        options: lines.slice(0, MOST).map(({ value, label }) => ({
          value,
          label: shorten(label, LABEL_ROOM),
          default: value === chosen,
        })),
      },
    ],
  };
}
