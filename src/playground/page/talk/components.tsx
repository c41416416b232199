import type { Component, Message } from '../../host/message-protocol.js';
import { act } from '../state/act.js';
import { say } from '../state/notice.js';
import { viewerId } from '../state/place.js';
import { Container, FilePart, Gallery, Section, Separator } from './layout-components.js';
import { Markdown } from './markdown.js';
import { openForm } from './modal-form.js';
import { Select } from './select.js';

/** Buttons' styles by their numbers. */
const STYLES: readonly string[] = ['', 'primary', 'secondary', 'success', 'danger', 'link'];

export function ComponentList({ message }: { readonly message: Message }) {
  if (message.components.length === 0) return null;
  return (
    <div class="components">
      {message.components.map((component, index) => (
        <AnyComponent key={index} component={component} message={message} /> // they stand in a fixed order
      ))}
    </div>
  );
}

export interface ComponentProps {
  readonly component: Component;
  readonly message: Message;
}

/** A component by its type, with those inside it. */
export function AnyComponent({ component, message }: ComponentProps) {
  switch (component.type) {
    case 1:
      return (
        <div class="row">
          {component.components?.map((inner, index) => (
            <AnyComponent key={inner.custom_id ?? index} component={inner} message={message} />
          ))}
        </div>
      );
    case 2:
      return <Button component={component} message={message} />;
    case 3:
    case 5:
    case 6:
    case 7:
    case 8:
      return <Select component={component} message={message} />;
    case 9:
      return <Section component={component} message={message} />;
    case 10:
      return (
        <div class="message-text">
          <Markdown text={component.content ?? ''} />
        </div>
      );
    case 12:
      return <Gallery component={component} message={message} />;
    case 13:
      return <FilePart component={component} message={message} />;
    case 14:
      return <Separator component={component} />;
    case 17:
      return <Container component={component} message={message} />;
    default:
      return <p class="hint">A component of type {component.type} cannot be shown here.</p>;
  }
}

function Button({ component, message }: ComponentProps) {
  const { label, emoji, style = 2, url, disabled, custom_id: customId = '' } = component;
  const text = (
    <>
      {emoji?.name ? <span aria-hidden={label === undefined ? undefined : true}>{emoji.name}</span> : null}
      {label}
    </>
  );
  if (url !== undefined) {
    return (
      <a class="button" href={url} target="_blank" rel="noreferrer noopener">
        {text} ↗
      </a>
    );
  }
  const press = async () => {
    const result = await act('press', { user: viewerId.value, message: message.id, customId });
    if (!result.ok) say(result.error);
    else if (result.form !== undefined) openForm(result.form);
  };
  return (
    <button type="button" class="button" data-style={STYLES[style]} disabled={disabled} onClick={press}>
      {text}
    </button>
  );
}
