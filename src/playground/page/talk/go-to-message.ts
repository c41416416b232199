import { say } from '../state/notice.js';
import { channel, goTo } from '../state/place.js';

/** Shows a message of any channel, in the middle of what is in view. */
export function goToMessage(channelId: string, messageId: string): void {
  if (channel.peek()?.id !== channelId) goTo(channelId);
  // What has just been gone to is drawn first.
  requestAnimationFrame(() => {
    const message = document.getElementById(`message-${messageId}`);
    if (message === null) say('That message is gone, or too far back.');
    else message.scrollIntoView({ block: 'center' });
  });
}
