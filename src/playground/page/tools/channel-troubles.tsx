import type { Channel } from '../../host/protocol.js';
import { act } from '../state/act.js';
import { say } from '../state/notice.js';
import { home, messagesByChannel } from '../state/things.js';

interface ChannelTroublesProps {
  readonly channel: Channel;
  readonly permissions: readonly string[];
}

/** What a server's owners can do to the channel one looks at. */
export function ChannelTroubles({ channel, permissions }: ChannelTroublesProps) {
  const { id, guildId, isArchived, isLocked, taken } = channel;
  const botId = home.value?.bot.id;
  const latest = messagesByChannel.value.get(id)?.findLast(({ authorId }) => authorId === botId);
  const toggle = (name: string) => {
    const next = taken.includes(name) ? taken.filter((other) => other !== name) : [...taken, name];
    void upset('permissions', { channel: id, taken: next });
  };
  const archive = (archived: boolean, locked: boolean) => upset('archive', { channel: id, archived, locked });
  return (
    <>
      <h3>In #{channel.name}</h3>
      <div class="button-list">
        <button
          type="button"
          class="button"
          disabled={latest === undefined}
          onClick={() => upset('removeMessage', { message: latest?.id })}
        >
          Delete the bot's last message
        </button>
        {channel.parentId === null ? null : (
          <>
            <button type="button" class="button" onClick={() => archive(!isArchived, isLocked)}>
              {isArchived ? 'Wake the thread' : 'Archive the thread'}
            </button>
            <button type="button" class="button" onClick={() => archive(true, !isLocked)}>
              {isLocked ? 'Unlock the thread' : 'Archive and lock it'}
            </button>
          </>
        )}
        {guildId === null ? null : (
          <>
            <button
              type="button"
              class="button"
              data-style="danger"
              onClick={() => upset('removeChannel', { channel: id })}
            >
              Delete the channel
            </button>
            <button
              type="button"
              class="button"
              onClick={() => upset('addChannel', { guild: guildId, name: 'new-channel' })}
            >
              Make a new channel
            </button>
          </>
        )}
      </div>
      {guildId === null ? null : (
        <fieldset class="permissions">
          <legend>Take from the bot here</legend>
          {permissions.map((name) => (
            <label key={name} class="check">
              <input type="checkbox" checked={taken.includes(name)} onChange={() => toggle(name)} /> {name}
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}

async function upset(name: string, input: object): Promise<void> {
  const result = await act(name, input);
  if (!result.ok) say(result.error);
}
