import { useRef, useState } from 'preact/hooks';
import type { Message } from '../../host/message-protocol.js';
import { act } from '../state/act.js';
import { say } from '../state/notice.js';
import { viewerId } from '../state/place.js';
import { channelById } from '../state/things.js';
import { beginReply } from '../write/draft.js';
import { EmojiPicker } from './emoji-picker.js';
import { Menu, type MenuItem } from './menu.js';
import { messageCommands } from './menu-commands.js';
import { toggleReaction } from './reactions.js';

/** What one can do with a message: shown when it is pointed at, or when the keyboard is on it. */
export function MessageActions({ message }: { readonly message: Message }) {
  const [isPicking, pick] = useState(false);
  const [isMenuOpen, openMenu] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const more = useRef<HTMLButtonElement>(null);
  const channel = channelById.value.get(message.channelId);
  const mayDelete = message.authorId === viewerId.value || (channel?.may.rule ?? false);
  const close = () => {
    pick(false);
    opener.current?.focus();
  };
  const items: readonly MenuItem[] = [
    { name: 'Copy text', run: () => void navigator.clipboard?.writeText(message.content) },
    { name: 'Copy message id', run: () => void navigator.clipboard?.writeText(message.id) },
    ...(mayDelete && !message.isPrivate ? [{ name: 'Delete message', run: () => void remove(message) }] : []),
    ...messageCommands(channel, message),
  ];
  return (
    <div
      class="message-actions"
      role="toolbar"
      aria-label="What to do with this message"
      data-open={isPicking || isMenuOpen ? '' : undefined}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && isPicking) close();
      }}
    >
      {message.isPrivate || !(channel?.may.react ?? false) ? null : (
        <button
          type="button"
          ref={opener}
          class="icon-button"
          aria-label="Add reaction"
          aria-expanded={isPicking}
          onClick={() => pick(!isPicking)}
        >
          ☺
        </button>
      )}
      {message.isPrivate || !(channel?.may.write ?? false) ? null : (
        <button type="button" class="icon-button" aria-label="Reply" onClick={() => beginReply(message)}>
          ↰
        </button>
      )}
      <button
        type="button"
        ref={more}
        class="icon-button"
        aria-label="More"
        aria-haspopup="menu"
        aria-expanded={isMenuOpen}
        onClick={() => openMenu(!isMenuOpen)}
      >
        ⋯
      </button>
      {isMenuOpen ? (
        <Menu
          label="More"
          items={items}
          onDone={(goesBack) => {
            openMenu(false);
            if (goesBack) more.current?.focus();
          }}
        />
      ) : null}
      {isPicking ? (
        <EmojiPicker
          onPick={(emoji) => {
            close();
            void toggleReaction(message, emoji);
          }}
        />
      ) : null}
    </div>
  );
}

async function remove({ id }: Message): Promise<void> {
  const result = await act('delete', { user: viewerId.value, message: id });
  if (!result.ok) say(result.error);
}
