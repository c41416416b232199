import { useRef, useState } from 'preact/hooks';
import type { Person } from '../../host/protocol.js';
import { channel } from '../state/place.js';
import { changeDraft, draftOf, focusComposer } from '../write/draft.js';
import { Menu, type MenuItem } from './menu.js';
import { personCommands } from './menu-commands.js';

/** The name of who wrote a message; it opens what one can do with them. */
export function Author({ person }: { readonly person: Person | undefined }) {
  const [isOpen, open] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const here = channel.value;
  if (person === undefined || here === undefined) return <b class="author">Somebody</b>;
  const mention = () => {
    const { text } = draftOf(here.id);
    changeDraft(here.id, {
      command: undefined,
      text: `${text}${/\S$/.test(text) ? ' ' : ''}@${person.name} `,
    });
    focusComposer();
  };
  const items = (): readonly MenuItem[] => [
    ...(here.may.write ? [{ name: 'Mention', run: mention }] : []),
    { name: 'Copy user id', run: () => void navigator.clipboard?.writeText(person.id) },
    ...personCommands(here, person),
  ];
  return (
    <span class="author-place">
      <button
        type="button"
        class="author"
        ref={opener}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => open(!isOpen)}
        onContextMenu={(event) => {
          event.preventDefault();
          open(true);
        }}
      >
        {person.name}
      </button>
      {isOpen ? (
        <Menu
          label={`What to do with ${person.name}`}
          items={items()}
          onDone={(goesBack) => {
            open(false);
            if (goesBack) opener.current?.focus();
          }}
        />
      ) : null}
    </span>
  );
}
