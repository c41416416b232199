import type { Channel } from '../../host/protocol.js';
import { goTo } from '../state/place.js';
import { channels, messagesByChannel, personById } from '../state/things.js';

/** The posts of a forum, the one that was written in last first. */
export function Forum({ channel }: { readonly channel: Channel }) {
  const posts = channels.value
    .filter(({ parentId }) => parentId === channel.id)
    .map((post) => ({ post, messages: messagesByChannel.value.get(post.id) ?? [] }))
    .sort((a, b) => (b.messages.at(-1)?.at ?? 0) - (a.messages.at(-1)?.at ?? 0));
  return (
    <section class="timeline forum" aria-label={`Posts in ${channel.name}`}>
      {posts.length === 0 ? <p class="hint">Nobody has posted anything here.</p> : null}
      <ul>
        {posts.map(({ post, messages }) => (
          <li key={post.id}>
            <a
              class="post"
              href={`#${post.id}`}
              onClick={(event) => {
                event.preventDefault();
                goTo(post.id);
              }}
            >
              <b>{post.name}</b>
              {post.isArchived ? <span class="tag">archived</span> : null}
              <span>
                {personById.value.get(messages[0]?.authorId ?? '')?.name}:{' '}
                {messages[0]?.content.slice(0, 120)}
              </span>
              <small>{messages.length === 1 ? '1 message' : `${messages.length} messages`}</small>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
