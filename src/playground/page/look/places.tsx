import type { Channel, Guild } from '../../host/protocol.js';
import { channel, goTo, isListOpen } from '../state/place.js';
import { channels, guilds, home } from '../state/things.js';
import { unread } from '../state/unread.js';
import { ChannelIcon } from './channel-icon.js';
import { Viewer } from './viewer.js';

/** Servers with their channels, one's direct messages, and who one is. */
export function Places() {
  const direct = channels.value.filter(({ guildId }) => guildId === null);
  return (
    <nav class="places" aria-label="Servers and channels">
      <h1>{home.value?.title}</h1>
      <div class="place-lists">
        {guilds.value.map((guild) => (
          <GuildChannels key={guild.id} guild={guild} />
        ))}
        <ChannelList title="Direct messages" list={direct} />
      </div>
      <Viewer />
    </nav>
  );
}

function GuildChannels({ guild }: { readonly guild: Guild }) {
  const own = channels.value.filter(({ guildId }) => guildId === guild.id);
  const tops = own.filter(({ parentId }) => parentId === null);
  const list = tops.flatMap((top) => [top, ...own.filter(({ parentId }) => parentId === top.id)]);
  // A thread whose parent this person does not see.
  const rest = own.filter((other) => !list.includes(other));
  return <ChannelList title={guild.name} list={[...list, ...rest]} />;
}

function ChannelList({ title, list }: { readonly title: string; readonly list: readonly Channel[] }) {
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {list.map((each) => (
          <li key={each.id}>
            <ChannelLink channel={each} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ChannelLink({
  channel: { id, name, type, parentId, isAdult, isArchived },
}: {
  readonly channel: Channel;
}) {
  const isHere = channel.value?.id === id;
  const { count, calls } = unread.value.get(id) ?? { count: 0, calls: false };
  const isFresh = count > 0 && !isHere;
  const open = (event: Event) => {
    event.preventDefault();
    goTo(id);
    isListOpen.value = false;
  };
  return (
    <a
      href={`#${id}`}
      class="channel-link"
      onClick={open}
      aria-current={isHere ? 'page' : undefined}
      data-thread={parentId === null ? undefined : ''}
      data-fresh={isFresh ? '' : undefined}
    >
      <ChannelIcon type={type} isAdult={isAdult} />
      <span class="channel-name">{name}</span>
      {isArchived ? <span class="tag">archived</span> : null}
      {isFresh ? (
        <span class="badge" data-calls={calls ? '' : undefined}>
          <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
          <span class="unseen">{calls ? `${count} unread, one calls you` : `${count} unread`}</span>
        </span>
      ) : null}
    </a>
  );
}
