import type { Message, Reaction } from '../../host/message-protocol.js';
import { act } from '../state/act.js';
import { say } from '../state/notice.js';
import { viewerId } from '../state/place.js';
import { personById } from '../state/things.js';

export function Reactions({ message }: { readonly message: Message }) {
  if (message.reactions.length === 0) return null;
  return (
    <ul class="reactions" aria-label="Reactions">
      {message.reactions.map((reaction) => (
        <li key={reaction.emoji}>
          <ReactionButton message={message} reaction={reaction} />
        </li>
      ))}
    </ul>
  );
}

function ReactionButton({ message, reaction }: { readonly message: Message; readonly reaction: Reaction }) {
  const { emoji, userIds } = reaction;
  const isMine = userIds.includes(viewerId.value);
  const names = userIds.map((id) => personById.value.get(id)?.name ?? 'somebody').join(', ');
  return (
    <button
      type="button"
      class="reaction"
      aria-pressed={isMine}
      aria-label={`${emoji} ${userIds.length}, ${names}`}
      title={names}
      onClick={() => toggleReaction(message, emoji)}
    >
      <span aria-hidden="true">
        {emoji} {userIds.length}
      </span>
    </button>
  );
}

/** Adds one's reaction, or takes it back. */
export async function toggleReaction(message: Message, emoji: string): Promise<void> {
  const user = viewerId.value;
  const isMine = message.reactions.find((each) => each.emoji === emoji)?.userIds.includes(user) ?? false;
  const result = await act(isMine ? 'unreact' : 'react', { user, message: message.id, emoji });
  if (!result.ok) say(result.error);
}
