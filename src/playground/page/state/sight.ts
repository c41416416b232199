import { signal } from '@preact/signals';
import { channel, goTo } from './place.js';

/** What one wishes to see: a message, or the newest ones. */
interface Sight {
  readonly channelId: string;
  readonly messageId?: string;
}

/** The latest wish; each is another object. */
export const sight = signal<Sight>({ channelId: '' });

let met: Sight | undefined;

/** The wish for a channel, the first time one asks. */
export function meetSight(channelId: string): Sight | undefined {
  const wish = sight.value;
  if (wish === met || wish.channelId !== channelId) return undefined;
  met = wish;
  return wish;
}

/** Goes to the newest messages of the channel one looks at. */
export function goToEnd(): void {
  sight.value = { channelId: channel.peek()?.id ?? '' };
}

/** Shows a message of any channel, in the middle of what is in view. */
export function goToMessage(channelId: string, messageId: string): void {
  sight.value = { channelId, messageId };
  if (channel.peek()?.id !== channelId) goTo(channelId);
}
