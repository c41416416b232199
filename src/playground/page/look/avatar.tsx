import type { Person } from '../../host/protocol.js';

/** Hues that stand apart. */
const HUES = [12, 45, 95, 165, 205, 250, 290, 330];

/** A person's first letter on a colour of their own. */
export function Avatar({ person }: { readonly person: Person | undefined }) {
  const name = person?.name ?? '?';
  const sum = [...name].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  const hue = HUES[sum % HUES.length];
  return (
    <span
      class="avatar"
      aria-hidden="true"
      data-bot={person?.isBot || undefined}
      style={{ '--hue': String(hue) }}
    >
      {person?.isBot ? '✦' : name.slice(0, 1)}
    </span>
  );
}
