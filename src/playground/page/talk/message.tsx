import type { Message as MessageView, ReplyTo } from '../../host/message-protocol.js';
import { Avatar } from '../look/avatar.js';
import { act } from '../state/act.js';
import { viewerId } from '../state/place.js';
import { personById } from '../state/things.js';
import { Author } from './author.js';
import { ComponentList } from './components.js';
import { Embeds } from './embeds.js';
import { Files } from './files.js';
import { goToMessage } from '../state/sight.js';
import { Markdown } from './markdown.js';
import { MessageActions } from './message-actions.js';
import { Reactions } from './reactions.js';

interface MessageProps {
  readonly message: MessageView;
  /** Whether it stands under one of the same author. */
  readonly continues: boolean;
}

/** One message with everything that hangs on it. */
export function Message({ message, continues }: MessageProps) {
  const author = personById.value.get(message.authorId);
  const sent = new Date(message.at);
  return (
    <li
      class="message"
      id={`message-${message.id}`}
      data-continues={continues ? '' : undefined}
      data-calls={message.callsViewer ? '' : undefined}
      data-private={message.isPrivate ? '' : undefined}
    >
      <article
        aria-label={`${author?.name ?? 'Somebody'}, ${sent.toLocaleTimeString('en', { timeStyle: 'short' })}`}
      >
        <Above message={message} />
        <Avatar person={author} />
        <header>
          <Author person={author} />
          {author?.isBot ? <span class="tag">bot</span> : null}
          <time dateTime={sent.toISOString()} title={sent.toLocaleString('en')}>
            {sent.toLocaleTimeString('en', { timeStyle: 'short' })}
          </time>
        </header>
        <div class="message-body">
          {message.isWaiting ? <Thinking name={author?.name ?? 'The bot'} /> : null}
          {message.content === '' ? null : (
            <div class="message-text">
              <Markdown text={message.content} links={author?.isBot ?? false} />
              {message.editedAt === null ? null : <span class="edited"> (edited)</span>}
            </div>
          )}
          <Files files={message.files} used={message} />
          <Embeds embeds={message.embeds} />
          <ComponentList message={message} />
          <Reactions message={message} />
          {message.isPrivate ? <PrivateNote id={message.id} /> : null}
        </div>
        <MessageActions message={message} />
      </article>
    </li>
  );
}

/** What it answers: a message, or a command. */
function Above({ message: { channelId, replyTo, origin } }: { readonly message: MessageView }) {
  if (replyTo === null && origin === null) return null;
  return (
    <p class="above">
      ↱{' '}
      {origin === null ? null : (
        <>
          <b>{personById.value.get(origin.userId)?.name}</b>{' '}
          {origin.command === null ? (
            'pressed a button'
          ) : (
            <>
              used <code>{origin.command}</code>
            </>
          )}
        </>
      )}
      {origin !== null && replyTo !== null ? ' on ' : null}
      {replyTo === null ? null : <Answered replyTo={replyTo} channelId={channelId} />}
    </p>
  );
}

function Answered({ replyTo, channelId }: { readonly replyTo: ReplyTo; readonly channelId: string }) {
  const { id, authorId, excerpt } = replyTo;
  if (id === null) return <i>a message that was deleted</i>;
  return (
    <button type="button" onClick={() => goToMessage(channelId, id)}>
      <b>{personById.value.get(authorId ?? '')?.name}</b>{' '}
      {excerpt === '' ? 'a picture' : <Markdown text={excerpt} links={false} />}
    </button>
  );
}

function Thinking({ name }: { readonly name: string }) {
  return (
    <p class="thinking">
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {name} is thinking…
    </p>
  );
}

function PrivateNote({ id }: { readonly id: string }) {
  return (
    <p class="private-note">
      Only you can see this ·{' '}
      <button
        type="button"
        class="link"
        onClick={() => act('dismiss', { user: viewerId.value, message: id })}
      >
        Dismiss message
      </button>
    </p>
  );
}
