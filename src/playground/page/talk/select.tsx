import type { Component, SelectOption } from '../../host/message-protocol.js';
import { act } from '../state/act.js';
import { say } from '../state/notice.js';
import { channel, viewerId } from '../state/place.js';
import { channels, guilds, personById } from '../state/things.js';
import type { ComponentProps } from './components.js';
import { openForm } from './modal-form.js';

/** A select menu of any kind; several values where it takes several. */
export function Select({ component, message }: ComponentProps) {
  const {
    custom_id: customId = '',
    placeholder = 'Make a selection',
    disabled,
    max_values: most = 1,
  } = component;
  const options = optionsOf(component);
  const choose = async (values: readonly string[]) => {
    const result = await act('choose', { user: viewerId.value, message: message.id, customId, values });
    if (!result.ok) say(result.error);
    else if (result.form !== undefined) openForm(result.form);
  };
  const chosen = ({ currentTarget }: { readonly currentTarget: HTMLSelectElement }) =>
    [...currentTarget.selectedOptions].map(({ value }) => value).filter((value) => value !== '');
  return (
    <select
      class="select"
      aria-label={placeholder}
      disabled={disabled}
      multiple={most > 1}
      onChange={most > 1 ? undefined : (event) => void choose(chosen(event))}
      onBlur={most > 1 ? (event) => void (chosen(event).length > 0 && choose(chosen(event))) : undefined}
    >
      {most > 1 ? null : <option value="">{placeholder}</option>}
      {options.map(({ value, label, description, emoji, default: isChosen }) => (
        <option key={value} value={value} selected={isChosen}>
          {[emoji?.name, label, description === undefined ? undefined : `– ${description}`]
            .filter((part) => part)
            .join(' ')}
        </option>
      ))}
    </select>
  );
}

/** What a select offers: its own options, or people, roles and channels of this server. */
export function optionsOf({
  type,
  options = [],
  channel_types: types = [],
}: Component): readonly SelectOption[] {
  const guild = guilds.value.find(({ id }) => id === channel.value?.guildId);
  const members = (guild?.members ?? []).flatMap((id) => {
    const person = personById.value.get(id);
    return person === undefined ? [] : [{ value: id, label: person.name }];
  });
  const roles = (guild?.roles ?? []).map(({ id, name }) => ({
    value: id,
    label: `@${name.replace(/^@/, '')}`,
  }));
  switch (type) {
    case 5:
      return members;
    case 6:
      return roles;
    case 7:
      return [...members, ...roles];
    case 8:
      return channels.value
        .filter((each) => each.guildId === guild?.id && (types.length === 0 || types.includes(each.type)))
        .map(({ id, name }) => ({ value: id, label: `#${name}` }));
    default:
      return options;
  }
}
