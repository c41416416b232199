import { computed, signal } from '@preact/signals';
import type { Reach } from '../../host/protocol.js';
import { channel } from './place.js';

/** What comes at once, and what is added each time. */
const STEP = 100;

const further = signal<Reach | undefined>(undefined);

/** How far back the channel one looks at is shown. */
export const reach = computed<Reach>(() => {
  const id = channel.value?.id ?? '';
  return further.value?.channel === id ? further.value : { channel: id, messages: STEP };
});

export function reachFurther(): void {
  const { channel: id, messages } = reach.peek();
  further.value = { channel: id, messages: messages + STEP };
}
