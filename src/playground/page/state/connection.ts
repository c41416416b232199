import { effect, signal } from '@preact/signals';
import type { Update, Wish } from '../../host/protocol.js';
import { viewer } from './place.js';
import { reach } from './reach.js';
import { forget, take } from './things.js';
import { secret } from './secret.js';

const RETRY_MS = 1_000;

export const isConnected = signal(false);
/** Whether requests and events are to be sent, too. */
export const wantsHappenings = signal(false);

/** Keeps a socket to the host, and tells it through whose eyes to look; one that ends is opened again. */
export function connect(): void {
  const url = new URL('/live', location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  url.searchParams.set('secret', secret);
  const socket = new WebSocket(url);
  let stopWishing = () => {};
  let wasOpen = false;
  let isFirst = true;
  socket.onopen = () => {
    wasOpen = true;
    stopWishing = effect(() => {
      const wish: Wish = { viewer: viewer.value, happenings: wantsHappenings.value, reach: reach.value };
      socket.send(JSON.stringify(wish));
    });
  };
  socket.onmessage = ({ data }) => {
    if (isFirst) forget();
    isFirst = false;
    take(JSON.parse(String(data)) as Update); // from our own host
    isConnected.value = true;
  };
  socket.onclose = () => {
    stopWishing();
    isConnected.value = false;
    setTimeout(() => (wasOpen ? connect() : reconnect()), RETRY_MS);
  };
}

/** A host that was started anew has a new secret: its page is loaded again. */
async function reconnect(): Promise<void> {
  const answers = await fetch('/', { method: 'HEAD' }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (answers) location.reload();
  else setTimeout(reconnect, RETRY_MS);
}
