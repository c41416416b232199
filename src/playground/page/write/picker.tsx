/** One line of a list over a text field. */
export interface Picking {
  readonly key: string;
  readonly title: string;
  readonly note: string;
  readonly choose: () => void;
}

interface PickerProps {
  readonly id: string;
  readonly label: string;
  readonly lines: readonly Picking[];
  /** Index of the one Enter chooses. */
  readonly current: number;
}

/** The list over the text field; the keys that move in it are the text field's. */
export function Picker({ id, label, lines, current }: PickerProps) {
  return (
    // It scrolls, so it can be reached.
    <div class="picker" id={id} role="listbox" aria-label={label} tabIndex={0}>
      {lines.map(({ key, title, note, choose }, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text field has the keys
        <div
          key={key}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === current}
          ref={(element) => {
            if (index === current) element?.scrollIntoView({ block: 'nearest' });
          }}
          onMouseDown={(event) => event.preventDefault()}
          onClick={choose}
        >
          <b>{title}</b> <span>{note}</span>
        </div>
      ))}
    </div>
  );
}
