import { computed, effect, signal } from '@preact/signals';
import type { Channel } from '../../host/protocol.js';
import { channelById, channels, guilds, home } from './things.js';

/** Who one is in this tab; the host's choice until one has chosen. */
export const viewer = signal<string | undefined>(sessionStorage.getItem('viewer') ?? undefined);

export const viewerId = computed(() => viewer.value ?? home.value?.viewer ?? '');

const chosen = signal(location.hash.slice(1));
window.addEventListener('hashchange', () => {
  chosen.value = location.hash.slice(1);
});
effect(() => {
  if (viewer.value !== undefined) sessionStorage.setItem('viewer', viewer.value);
});

/** The channel that is looked at: the one in the address, or the first. */
export const channel = computed(() => {
  const first = channels.value.find(({ guildId }) => guildId === guilds.value[0]?.id) ?? channels.value[0];
  return channelById.value.get(chosen.value) ?? first;
});

/** Whether it holds only posts, which are threads. */
export const isForum = ({ type }: Channel) => type === 15;

export function goTo(channelId: string): void {
  location.hash = channelId;
}

/** On a narrow screen the list of channels lies over the messages. */
export const isListOpen = signal(false);
