import { useState } from 'preact/hooks';
import type { Channel } from '../../host/protocol.js';
import { act } from '../state/act.js';
import { goTo, viewerId } from '../state/place.js';
import { changeDraft, type Draft } from './draft.js';
import { FileChips } from './file-chips.js';
import { giveFiles, pastedFiles } from './given-files.js';
import { withIds } from './mentions.js';

/** Begins a post in a forum: a title, a first message, files. */
export function PostForm({ channel, draft }: { readonly channel: Channel; readonly draft: Draft }) {
  const [title, setTitle] = useState('');
  const [error, setError] = useState<string | undefined>(undefined);
  const { text, files } = draft;
  const send = async (event: Event) => {
    event.preventDefault();
    const result = await act(
      'post',
      { user: viewerId.value, channel: channel.id, name: title, content: withIds(text, channel) },
      new Map(files.map((file, index) => [String(index), file])),
    );
    if (!result.ok) return setError(result.error);
    changeDraft(channel.id, { text: '', files: [] });
    setTitle('');
    if (result.channel !== undefined) goTo(result.channel);
  };
  if (!channel.may.write) return <p class="hint">You may not post here.</p>;
  return (
    <form class="post-form" aria-label="New post" onSubmit={send}>
      <input
        data-first
        aria-label="Title"
        placeholder="Title"
        required
        maxLength={100}
        value={title}
        onInput={({ currentTarget }) => setTitle(currentTarget.value)}
      />
      <FileChips files={files} onChange={(left) => changeDraft(channel.id, { files: left })} />
      <textarea
        aria-label="First message"
        placeholder="First message"
        required
        rows={2}
        maxLength={2000}
        value={text}
        onInput={({ currentTarget }) => changeDraft(channel.id, { text: currentTarget.value })}
        onPaste={(event) => giveFiles(channel.id, pastedFiles(event))}
      />
      {error === undefined ? null : (
        <p class="error" role="alert">
          {error}
        </p>
      )}
      <button type="submit" class="button" data-style="primary">
        Post
      </button>
    </form>
  );
}
