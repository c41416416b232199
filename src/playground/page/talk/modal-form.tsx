import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Component, Form } from '../../host/message-protocol.js';
import { act } from '../state/act.js';
import { viewerId } from '../state/place.js';
import { optionsOf } from './select.js';

interface OpenForm {
  /** Of what opened it. */
  readonly token: string;
  readonly form: Form;
}

const opened = signal<OpenForm | undefined>(undefined);

/** Shows a form the bot has sent. */
export function openForm(form: OpenForm): void {
  opened.value = form;
}

export function ModalForm() {
  const open = opened.value;
  return open === undefined ? null : <Dialog key={open.token} {...open} />;
}

function Dialog({ token, form }: OpenForm) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [error, setError] = useState<string | undefined>(undefined);
  useEffect(() => dialog.current?.showModal(), []);
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    const fields = Object.fromEntries(
      [...new FormData(event.currentTarget as HTMLFormElement)].map(([name, value]) => [name, String(value)]),
    );
    const result = await act('submit', { user: viewerId.value, token, fields });
    if (result.ok) dialog.current?.close();
    else setError(result.error);
  };
  return (
    <dialog
      ref={dialog}
      class="modal"
      aria-labelledby="modal-title"
      onClose={() => {
        opened.value = undefined;
      }}
    >
      <form onSubmit={send}>
        <h2 id="modal-title">{form.title}</h2>
        {fieldsOf(form.components).map(({ field, label, description }) => (
          <div key={field.custom_id} class="field">
            <label for={`field-${field.custom_id}`}>
              {label}
              {field.required === false ? '' : ' *'}
            </label>
            {description === undefined ? null : <small>{description}</small>}
            <Field field={field} />
          </div>
        ))}
        {error === undefined ? null : (
          <p class="error" role="alert">
            {error}
          </p>
        )}
        <footer>
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" class="button" data-style="primary">
            Submit
          </button>
        </footer>
      </form>
    </dialog>
  );
}

function Field({ field }: { readonly field: Component }) {
  const shared = {
    id: `field-${field.custom_id}`,
    name: field.custom_id ?? '',
    required: field.required !== false,
    ...(field.placeholder === undefined ? {} : { placeholder: field.placeholder }),
  };
  if (field.type !== 4) {
    return (
      <select {...shared} multiple={(field.max_values ?? 1) > 1}>
        {optionsOf(field).map(({ value, label, default: isChosen }) => (
          <option key={value} value={value} selected={isChosen}>
            {label}
          </option>
        ))}
      </select>
    );
  }
  const lengths = { minLength: field.min_length ?? 0, maxLength: field.max_length ?? 4000 };
  return field.style === 2 ? (
    <textarea rows={4} defaultValue={field.value ?? ''} {...shared} {...lengths} />
  ) : (
    <input type="text" defaultValue={field.value ?? ''} {...shared} {...lengths} />
  );
}

interface LabelledField {
  readonly field: Component;
  readonly label: string;
  readonly description: string | undefined;
}

/** The fields of a form, each in a row (the old way) or under a label. */
function fieldsOf(components: readonly Component[]): LabelledField[] {
  return components.flatMap(({ type, label, description, component, components: row = [] }) => {
    if (type === 18 && component !== undefined)
      return [{ field: component, label: label ?? '', description }];
    return row.map((field) => ({ field, label: field.label ?? '', description: undefined }));
  });
}
