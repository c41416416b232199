import { useRef } from 'preact/hooks';

export interface MenuItem {
  readonly name: string;
  /** Small, after the name: where it comes from. */
  readonly note?: string;
  readonly run: () => void;
}

interface MenuProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** Called when it is to go; whether the keyboard goes back to what opened it. */
  readonly onDone: (goesBack: boolean) => void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
const ENDS: Readonly<Record<string, number>> = { Home: 0, End: -1 };

/** A menu that has the keyboard while it is open: arrows move, Enter chooses, Escape leaves. */
export function Menu({ label, items, onDone }: MenuProps) {
  const list = useRef<HTMLDivElement>(null);
  const entries = () => [...(list.current?.querySelectorAll('button') ?? [])];
  const isFocused = useRef(false);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    const end = ENDS[event.key];
    if (event.key === 'Escape') {
      event.stopPropagation();
      onDone(true);
    } else if (end !== undefined) {
      event.preventDefault();
      entries().at(end)?.focus();
    } else if (step !== undefined) {
      event.preventDefault();
      const all = entries();
      const at = all.findIndex((entry) => entry.matches(':focus'));
      all[(at + step + all.length) % all.length]?.focus();
    }
  };
  return (
    <div
      class="menu"
      role="menu"
      aria-label={label}
      ref={list}
      onKeyDown={onKeyDown}
      onFocusOut={({ relatedTarget }) => {
        if (relatedTarget instanceof Node && !list.current?.contains(relatedTarget)) onDone(false);
      }}
    >
      {items.map(({ name, note, run }, index) => (
        <button
          key={`${note} ${name}`}
          type="button"
          role="menuitem"
          ref={(element) => {
            if (index !== 0 || isFocused.current || element === null) return;
            isFocused.current = true;
            element.focus();
          }}
          onClick={() => {
            run();
            onDone(true);
          }}
        >
          {name}
          {note === undefined ? null : <small> {note}</small>}
        </button>
      ))}
    </div>
  );
}
