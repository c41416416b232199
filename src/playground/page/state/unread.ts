import { computed, effect, signal } from '@preact/signals';
import { channel, viewerId } from './place.js';
import { channels, compareIds, messagesByChannel } from './things.js';

const STORED = 'playground.read';

/** The last message read, by person and channel. Shared by all tabs of this browser. */
const lastRead = signal<Readonly<Record<string, string>>>(stored());
window.addEventListener('storage', ({ key }) => {
  if (key === STORED) lastRead.value = stored();
});

const isLookedAt = signal(document.visibilityState === 'visible');
document.addEventListener('visibilitychange', () => {
  isLookedAt.value = document.visibilityState === 'visible';
});

/** What is unread in each channel: 0 for nothing, and whether the viewer was called. */
export const unread = computed(() => {
  const marks = new Map<string, { readonly count: number; readonly calls: boolean }>();
  for (const { id } of channels.value) {
    const since = lastRead.value[`${viewerId.value}:${id}`] ?? '';
    const fresh = (messagesByChannel.value.get(id) ?? []).filter(
      (message) => message.authorId !== viewerId.value && compareIds(message.id, since) > 0,
    );
    marks.set(id, { count: fresh.length, calls: fresh.some(({ callsViewer }) => callsViewer) });
  }
  return marks;
});

/** Where the line "new" stood when the channel was opened: the last message read before. */
export const newSince = signal<{ readonly channelId: string; readonly messageId: string } | undefined>(
  undefined,
);

/** What stands in the channel one looks at is read. */
export function watchReading(): void {
  effect(() => {
    const here = channel.value;
    if (here === undefined || !isLookedAt.value) return;
    const key = `${viewerId.value}:${here.id}`;
    const before = lastRead.peek()[key];
    if (newSince.peek()?.channelId !== here.id) {
      newSince.value = { channelId: here.id, messageId: before ?? '' };
    }
    const latest = messagesByChannel.value.get(here.id)?.at(-1)?.id;
    if (latest === undefined || (before !== undefined && compareIds(latest, before) <= 0)) return;
    lastRead.value = { ...stored(), [key]: latest };
    localStorage.setItem(STORED, JSON.stringify(lastRead.value));
  });
}

function stored(): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(STORED) ?? '{}');
  } catch {
    return {};
  }
}
