import type { Offer } from './command-offers.js';

interface CommandPickerProps {
  readonly offers: readonly Offer[];
  /** Index of the one Enter chooses. */
  readonly current: number;
  readonly onPick: (offer: Offer) => void;
}

/** The list over the text field; the keys that move in it are the text field's. */
export function CommandPicker({ offers, current, onPick }: CommandPickerProps) {
  return (
    <div class="picker" id="command-picker" role="listbox" aria-label="Commands">
      {offers.map((offer, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text field has the keys
        <div
          key={offer.name}
          id={`command-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === current}
          ref={(element) => {
            if (index === current) element?.scrollIntoView({ block: 'nearest' });
          }}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(offer)}
        >
          <b>/{offer.name}</b> <span>{offer.description}</span>
        </div>
      ))}
    </div>
  );
}
