import type { APIApplicationCommandOption } from 'discord-api-types/v10';
import type { Channel } from '../../host/protocol.js';
import { optionsOf } from '../talk/select.js';
import { Completing } from './completing.js';
import type { CommandDraft } from './draft.js';
import { TYPE } from './option-value.js';

/** A select component offers the same people, roles and channels. */
const SELECTS: Readonly<Record<number, number>> = {
  [TYPE.user]: 5,
  [TYPE.role]: 6,
  [TYPE.mentionable]: 7,
  [TYPE.channel]: 8,
};

interface OptionFieldProps {
  readonly option: APIApplicationCommandOption;
  readonly channel: Channel;
  readonly draft: CommandDraft;
  readonly isFirst: boolean;
  readonly onChange: (change: Partial<CommandDraft>) => void;
}

/** One option: its name, a field of its type, what it is for, and what is wrong with it. */
export function OptionField(props: OptionFieldProps) {
  const { option, draft, onChange } = props;
  const { name, description, required } = option;
  const error = draft.errors[name];
  const remove = () => {
    const { [name]: _removed, ...values } = draft.values;
    const files = new Map([...draft.files].filter(([key]) => key !== name));
    onChange({ values, files, shown: draft.shown.filter((shown) => shown !== name) });
  };
  return (
    <div class="option-field" data-wrong={error === undefined ? undefined : ''}>
      <label for={`option-${name}`}>{name}</label>
      <Control {...props} />
      {required ? null : (
        <button type="button" class="icon-button" aria-label={`Without ${name}`} onClick={remove}>
          ✕
        </button>
      )}
      <small id={`about-${name}`}>{description}</small>
      {error === undefined ? null : (
        <small class="error" role="alert" id={`error-${name}`}>
          {error}
        </small>
      )}
    </div>
  );
}

function Control({ option, channel, draft, isFirst, onChange }: OptionFieldProps) {
  const { name } = option;
  const value = draft.values[name] ?? '';
  const isWrong = draft.errors[name] !== undefined;
  const shared = {
    id: `option-${name}`,
    'data-first': isFirst ? '' : undefined,
    'aria-required': option.required ?? false,
    'aria-invalid': isWrong,
    'aria-describedby': isWrong ? `error-${name} about-${name}` : `about-${name}`,
  };
  const change = (text: string) => {
    const { [name]: _mended, ...errors } = draft.errors;
    onChange({ values: { ...draft.values, [name]: text }, errors });
  };
  const choices = choicesOf(option);
  if (Number(option.type) === TYPE.file) {
    const give = ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) => {
      const file = currentTarget.files?.[0];
      if (file !== undefined) onChange({ files: new Map([...draft.files, [name, file]]) });
    };
    return (
      <span class="file-field">
        <input {...shared} type="file" onChange={give} />
        <span>{draft.files.get(name)?.name ?? 'or drop, or paste one'}</span>
      </span>
    );
  }
  if (choices !== undefined) {
    return (
      <select {...shared} value={value} onChange={({ currentTarget }) => change(currentTarget.value)}>
        <option value="">–</option>
        {choices.map(({ label, value: each }) => (
          <option key={each} value={each}>
            {label}
          </option>
        ))}
      </select>
    );
  }
  if ('autocomplete' in option && option.autocomplete) {
    return (
      <Completing
        option={option}
        channel={channel}
        draft={draft}
        shared={shared}
        value={value}
        onInput={change}
      />
    );
  }
  const isNumber = Number(option.type) === TYPE.integer || Number(option.type) === TYPE.number;
  return (
    <input
      {...shared}
      type="text"
      inputMode={isNumber ? 'decimal' : 'text'}
      autocomplete="off"
      value={value}
      onInput={({ currentTarget }) => change(currentTarget.value)}
    />
  );
}

/** Values to choose among; undefined where one types. */
function choicesOf(
  option: APIApplicationCommandOption,
): readonly { label: string; value: string }[] | undefined {
  if (Number(option.type) === TYPE.boolean) {
    return [
      { label: 'true', value: 'true' },
      { label: 'false', value: 'false' },
    ];
  }
  const select = SELECTS[option.type];
  const types = 'channel_types' in option ? option.channel_types : undefined;
  if (select !== undefined) return optionsOf({ type: select, ...(types && { channel_types: types }) });
  const choices = 'choices' in option ? option.choices : undefined;
  return choices?.length
    ? choices.map(({ name, value }) => ({ label: name, value: String(value) }))
    : undefined;
}
