import { signal } from '@preact/signals';

const LIVES_MS = 8_000;

/** A sentence at the foot of the page, spoken to those who listen. */
export const notice = signal<string | undefined>(undefined);
let timer: ReturnType<typeof setTimeout> | undefined;

export function say(sentence: string): void {
  clearTimeout(timer);
  notice.value = sentence;
  timer = setTimeout(() => {
    notice.value = undefined;
  }, LIVES_MS);
}
