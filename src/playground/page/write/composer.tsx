import { useState } from 'preact/hooks';
import type { Channel } from '../../host/protocol.js';
import { isForum } from '../state/place.js';
import { personById } from '../state/things.js';
import { CommandForm } from './command-form.js';
import { changeDraft, draftOf, focusComposer } from './draft.js';
import { droppedFiles, giveFiles } from './given-files.js';
import { PlainText } from './plain-text.js';
import { PostForm } from './post-form.js';

/** Where one writes: a message, or a command with its options. Files can be dropped on it. */
export function Composer({ channel }: { readonly channel: Channel }) {
  const draft = draftOf(channel.id);
  const [isOver, setOver] = useState(false);
  const { replyTo } = draft;
  const endReply = () => {
    changeDraft(channel.id, { replyTo: undefined });
    focusComposer();
  };
  return (
    <section
      class="composer"
      aria-label="Write"
      data-over={isOver ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        giveFiles(channel.id, droppedFiles(event));
      }}
    >
      {replyTo === undefined ? null : (
        <p class="replying">
          Replying to <b>{personById.value.get(replyTo.authorId)?.name}</b>
          <button type="button" class="icon-button" aria-label="Do not reply" onClick={endReply}>
            ✕
          </button>
        </p>
      )}
      {isForum(channel) ? (
        <PostForm channel={channel} draft={draft} />
      ) : draft.command === undefined ? (
        <PlainText channel={channel} draft={draft} />
      ) : (
        <CommandForm
          key={[draft.command.command.id, ...draft.command.inside].join(' ')}
          channel={channel}
          draft={draft.command}
        />
      )}
    </section>
  );
}
