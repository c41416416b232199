import type { BotView, Channel } from '../../host/protocol.js';
import { ChannelIcon } from '../look/channel-icon.js';
import { isListOpen } from '../state/place.js';
import { home } from '../state/things.js';
import { openTool } from '../tools/open-tool.js';

const STATES: Readonly<Record<BotView['state'], string>> = {
  here: 'is here',
  starting: 'is starting…',
  away: 'is not connected',
  stopped: 'is stopped',
};

export function ChannelHeader({ channel }: { readonly channel: Channel }) {
  const bot = home.value?.bot;
  return (
    <header class="channel-header">
      <button
        type="button"
        class="icon-button only-narrow"
        aria-label="Channels"
        aria-expanded={isListOpen.value}
        onClick={() => {
          isListOpen.value = !isListOpen.value;
        }}
      >
        ☰
      </button>
      <h2>
        <ChannelIcon type={channel.type} isAdult={channel.isAdult} />
        {channel.name}
      </h2>
      {bot === undefined ? null : (
        <p class="bot-state" data-state={bot.state} role="status">
          {bot.name} {STATES[bot.state]}
        </p>
      )}
      <button
        type="button"
        class="button"
        aria-expanded={openTool.value !== undefined}
        aria-controls="tools"
        onClick={() => {
          openTool.value = openTool.value === undefined ? 'inspector' : undefined;
        }}
      >
        Tools
      </button>
    </header>
  );
}
