import type { APIApplicationCommandOption } from 'discord-api-types/v10';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Channel } from '../../host/protocol.js';
import { act } from '../state/act.js';
import { goToEnd } from '../state/sight.js';
import { say } from '../state/notice.js';
import { viewerId } from '../state/place.js';
import { openForm } from '../talk/modal-form.js';
import { changeCommand, changeDraft, type CommandDraft, focusComposer, optionsInside } from './draft.js';
import { giveFiles, pastedFiles } from './given-files.js';
import { OptionField } from './option-field.js';
import { checkOption, optionValue, TYPE } from './option-value.js';

/** A command with a field for each option; those that are not required come when they are asked for. */
export function CommandForm({ channel, draft }: { readonly channel: Channel; readonly draft: CommandDraft }) {
  const [isSending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // In the same breath in which it is drawn: whoever types on must not type into nothing.
  useLayoutEffect(() => form.current?.querySelector<HTMLElement>('[data-first]')?.focus(), []);
  const { command, inside, values, files, shown } = draft;
  const options = optionsInside(command, inside);
  const fields = options.filter(({ name, required }) => required || shown.includes(name));
  const further = options.filter((option) => !fields.includes(option));
  const name = [command.name, ...inside].join(' ');
  const change = (next: Partial<CommandDraft>) => changeCommand(channel.id, next);

  const leave = () => {
    changeDraft(channel.id, { command: undefined, text: '' });
    focusComposer();
  };

  const send = async (event: Event) => {
    event.preventDefault();
    const complaints = fields.flatMap((option) => {
      const complaint = checkOption(option, values[option.name] ?? '', files.has(option.name));
      return complaint === undefined ? [] : [[option.name, complaint] as const];
    });
    change({ errors: Object.fromEntries(complaints) });
    const first = complaints[0];
    if (first !== undefined) return document.getElementById(`option-${first[0]}`)?.focus();
    setSending(true);
    const result = await act(
      'slash',
      { user: viewerId.value, channel: channel.id, name, options: givenValues(fields, values) },
      files,
    );
    setSending(false);
    if (result.ok) {
      leave();
      goToEnd();
      if (result.form !== undefined) openForm(result.form);
    } else if (result.option !== undefined) {
      change({ errors: { [result.option]: result.error } });
    } else {
      say(result.error);
    }
    return undefined;
  };

  return (
    <form
      ref={form}
      class="command-form"
      aria-label={`/${name}`}
      noValidate
      onSubmit={send}
      onKeyDown={(event) => {
        if (event.key === 'Escape') leave();
      }}
      onPaste={(event) => {
        giveFiles(channel.id, pastedFiles(event));
      }}
    >
      <header>
        <b>/{name}</b>
        <button type="button" class="icon-button" aria-label="No command" onClick={leave}>
          ✕
        </button>
      </header>
      <div class="option-fields">
        {fields.map((option, index) => (
          <OptionField
            key={option.name}
            option={option}
            channel={channel}
            draft={draft}
            isFirst={index === 0}
            onChange={change}
          />
        ))}
      </div>
      <footer>
        {further.map((option) => (
          <button
            key={option.name}
            type="button"
            class="chip"
            title={option.description}
            onClick={() => {
              change({ shown: [...shown, option.name] });
              setTimeout(() => document.getElementById(`option-${option.name}`)?.focus());
            }}
          >
            + {option.name}
          </button>
        ))}
        <button
          type="submit"
          class="button"
          data-style="primary"
          data-first={fields.length === 0 ? '' : undefined}
          disabled={isSending}
        >
          {isSending ? 'Sending…' : 'Send'}
        </button>
      </footer>
    </form>
  );
}

/** Values of the fields that are filled in, of the types the options have. */
function givenValues(
  options: readonly APIApplicationCommandOption[],
  texts: Readonly<Record<string, string>>,
): Record<string, string | number | boolean> {
  return Object.fromEntries(
    options.flatMap((option) => {
      const text = texts[option.name] ?? '';
      return text === '' || Number(option.type) === TYPE.file
        ? []
        : [[option.name, optionValue(option, text)]];
    }),
  );
}
