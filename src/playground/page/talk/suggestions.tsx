import type { Channel } from '../../host/protocol.js';
import { commandById, home } from '../state/things.js';
import { beginCommand } from '../write/draft.js';

/** What to try where nobody has said anything. */
export function Suggestions({ channel }: { readonly channel: Channel }) {
  const suggestions = home.value?.suggestions;
  if (suggestions === null || suggestions === undefined)
    return <p class="hint">Nobody has said anything here.</p>;
  const command = channel.commands
    .map((id) => commandById.value.get(id))
    .find((each) => each?.type === 1 && each.name === suggestions.command);
  if (command === undefined) return <p class="hint">Nobody has said anything here.</p>;
  return (
    <section class="suggestions" aria-label="Suggestions">
      <h3>Nothing here yet. What shall it be?</h3>
      <div class="suggestion-list">
        {suggestions.texts.map((text) => (
          <button
            key={text}
            type="button"
            class="button"
            onClick={() => beginCommand(channel.id, command, [], { [suggestions.option]: text })}
          >
            {text}
          </button>
        ))}
      </div>
      <p class="hint">
        Choose one and press Enter, or type <kbd>/</kbd> for every command.
      </p>
    </section>
  );
}
