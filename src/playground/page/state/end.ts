import { signal } from '@preact/signals';

/** Changes when one wants to see the newest messages. */
export const endWanted = signal(0);

export function wantEnd(): void {
  endWanted.value += 1;
}
