import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Component, Form } from '../../host/message-protocol.js';
import { act } from '../state/act.js';
import { viewerId } from '../state/place.js';
import { FormField, readFields } from './form-field.js';
import { Markdown } from './markdown.js';

const TEXT_DISPLAY = 10;

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
    const fields = form.components.flatMap(fieldsIn).map(({ field }) => field);
    const { values, files } = readFields(fields, new FormData(event.currentTarget as HTMLFormElement)); // whose event it is
    const result = await act('submit', { user: viewerId.value, token, fields: values }, files);
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
        {form.components.map((part, index) => (
          <PartOfForm key={index} part={part} /> // they stand in a fixed order
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

interface Labelled {
  readonly field: Component;
  readonly label: string;
  readonly description: string | undefined;
}

/** A text, or a field in a row (the old way) or under a label. */
function PartOfForm({ part }: { readonly part: Component }) {
  if (part.type === TEXT_DISPLAY) return <Markdown text={part.content ?? ''} />;
  return (
    <>
      {fieldsIn(part).map(({ field, label, description }) => (
        <div key={field.custom_id} class="field">
          {/* Several boxes have labels of their own. */}
          <label for={isGroup(field) ? undefined : `field-${field.custom_id}`}>
            {label}
            {field.required === false || field.type === 23 ? '' : ' *'}
          </label>
          {description ? <small>{description}</small> : null}
          <FormField field={field} />
        </div>
      ))}
    </>
  );
}

const isGroup = ({ type }: Component) => type === 21 || type === 22;

function fieldsIn({ type, label, description, component, components = [] }: Component): Labelled[] {
  if (type === 18 && component !== undefined) return [{ field: component, label: label ?? '', description }];
  return components.map((field) => ({ field, label: field.label ?? '', description: undefined }));
}
