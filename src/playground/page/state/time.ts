import { signal } from '@preact/signals';

const TICK_MS = 1_000;

/** The time, a second exact: what shows it is drawn again as it passes. */
export const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now();
}, TICK_MS);
