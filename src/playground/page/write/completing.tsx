import type { APIApplicationCommandOption } from 'discord-api-types/v10';
import { useEffect, useState } from 'preact/hooks';
import type { Channel, Choice } from '../../host/protocol.js';
import { act } from '../state/act.js';
import { viewerId } from '../state/place.js';
import type { CommandDraft } from './draft.js';
import { optionsInside } from './draft.js';
import { optionValue } from './option-value.js';

/** The bot is asked when nobody has typed for so long. */
const PAUSE_MS = 150;

interface CompletingProps {
  readonly option: APIApplicationCommandOption;
  readonly channel: Channel;
  readonly draft: CommandDraft;
  readonly shared: object;
  readonly value: string;
  readonly onInput: (text: string) => void;
}

/** A field whose offers come from the bot as one types. What is shown is a choice's name, what is sent its value. */
export function Completing({ option, channel, draft, shared, value, onInput }: CompletingProps) {
  const [choices, setChoices] = useState<readonly Choice[]>([]);
  const [current, setCurrent] = useState(0);
  const [isOpen, open] = useState(false);
  const [picked, setPicked] = useState<Choice | undefined>(undefined);
  const isPicked = picked !== undefined && String(picked.value) === value;

  useEffect(() => {
    if (!isOpen || isPicked) return undefined;
    let isLate = false;
    const ask = async () => {
      const result = await act('complete', {
        user: viewerId.value,
        channel: channel.id,
        name: [draft.command.name, ...draft.inside].join(' '),
        options: { ...otherValues(draft, option.name), [option.name]: value },
        focused: option.name,
      });
      if (isLate || !result.ok) return;
      setChoices(result.choices ?? []);
      setCurrent(0);
    };
    const timer = setTimeout(ask, PAUSE_MS);
    return () => {
      isLate = true;
      clearTimeout(timer);
    };
  }, [value, isOpen]);

  const pick = (choice: Choice) => {
    setPicked(choice);
    open(false);
    onInput(String(choice.value));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const choice = choices[current];
    if (!isOpen || choice === undefined) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setCurrent((current + (event.key === 'ArrowDown' ? 1 : -1) + choices.length) % choices.length);
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      if (event.key === 'Enter') event.preventDefault();
      pick(choice);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      open(false);
    }
  };
  const listId = `choices-${option.name}`;
  const isListed = isOpen && choices.length > 0;
  return (
    <span class="completing">
      <input
        {...shared}
        type="text"
        role="combobox"
        autocomplete="off"
        aria-autocomplete="list"
        aria-expanded={isListed}
        aria-controls={listId}
        aria-activedescendant={isListed ? `${listId}-${current}` : undefined}
        value={isPicked ? picked.name : value}
        onFocus={() => open(true)}
        onBlur={() => open(false)}
        onInput={({ currentTarget }) => {
          open(true);
          setPicked(undefined);
          onInput(currentTarget.value);
        }}
        onKeyDown={onKeyDown}
      />
      {isListed ? (
        <div class="picker" id={listId} role="listbox" aria-label={`Choices for ${option.name}`}>
          {choices.map((choice, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
            <div
              key={String(choice.value)}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === current}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(choice)}
            >
              {choice.name}
            </div>
          ))}
        </div>
      ) : null}
    </span>
  );
}

/** What the other fields hold already. */
function otherValues({ command, inside, values }: CommandDraft, name: string) {
  const options = optionsInside(command, inside).filter(
    (option) => option.name !== name && values[option.name],
  );
  return Object.fromEntries(
    options.map((option) => [option.name, optionValue(option, values[option.name] ?? '')]),
  );
}
