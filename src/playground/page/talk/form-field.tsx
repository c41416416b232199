import type { Component } from '../../host/message-protocol.js';
import { optionsOf } from './select.js';

const TEXT = 4;
const FILES = 19;
const RADIOS = 21;
const BOXES = 22;
const BOX = 23;

/** A field of a form, by its type. */
export function FormField({ field }: { readonly field: Component }) {
  const shared = {
    id: `field-${field.custom_id}`,
    name: field.custom_id ?? '',
    required: field.required !== false,
    ...(field.placeholder ? { placeholder: field.placeholder } : {}),
  };
  const { max_values: most = 1 } = field;
  switch (field.type) {
    case TEXT:
      return <Text field={field} shared={shared} />;
    case FILES:
      return <input type="file" multiple={most > 1} {...shared} />;
    case BOX:
      return <input type="checkbox" {...shared} required={false} defaultChecked={field.default === true} />;
    case RADIOS:
    case BOXES:
      return <Ticks field={field} isRadio={field.type === RADIOS} />;
    default:
      return (
        <select {...shared} multiple={most > 1}>
          {most > 1 ? null : <option value="">{field.placeholder ?? 'Make a selection'}</option>}
          {optionsOf(field).map(({ value, label, default: isChosen }) => (
            <option key={value} value={value} selected={isChosen}>
              {label}
            </option>
          ))}
        </select>
      );
  }
}

function Text({ field, shared }: { readonly field: Component; readonly shared: object }) {
  const lengths = { minLength: field.min_length ?? 0, maxLength: field.max_length ?? 4000 };
  return field.style === 2 ? (
    <textarea rows={4} defaultValue={field.value ?? ''} {...shared} {...lengths} />
  ) : (
    <input type="text" defaultValue={field.value ?? ''} {...shared} {...lengths} />
  );
}

function Ticks({ field, isRadio }: { readonly field: Component; readonly isRadio: boolean }) {
  return (
    <div id={`field-${field.custom_id}`} class="ticks">
      {field.options?.map(({ value, label, description, default: isChosen }) => (
        <label key={value}>
          <input
            type={isRadio ? 'radio' : 'checkbox'}
            name={field.custom_id ?? ''}
            value={value}
            required={isRadio && field.required !== false}
            defaultChecked={isChosen === true}
          />{' '}
          {label} {description ? <small>{description}</small> : null}
        </label>
      ))}
    </div>
  );
}

/** What stands in a form's fields, in the shape each type has; files by `FIELD#N`. */
export function readFields(fields: readonly Component[], data: FormData) {
  const values: Record<string, string | boolean | readonly string[]> = {};
  const files = new Map<string, File>();
  for (const { type, custom_id: id = '' } of fields) {
    const given = data.getAll(id);
    const texts = given.filter((each): each is string => typeof each === 'string' && each !== '');
    if (type === TEXT || type === RADIOS) values[id] = texts[0] ?? '';
    else if (type === BOX) values[id] = texts.length > 0;
    else if (type !== FILES) values[id] = texts;
    else {
      const chosen = given.filter((each): each is File => typeof each !== 'string' && each.size > 0);
      for (const [n, file] of chosen.entries()) files.set(`${id}#${n}`, file);
    }
  }
  return { values, files };
}
