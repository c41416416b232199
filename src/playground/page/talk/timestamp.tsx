import { now } from '../state/time.js';

const FORMATS: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};

const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** `<t:…>`: a time in the reader's zone; `R` counts down, or up, while one looks. */
export function Timestamp({ seconds, format }: { readonly seconds: number; readonly format: string }) {
  const at = new Date(seconds * 1000);
  if (Number.isNaN(at.getTime())) return <>{'<t>'}</>;
  const full = at.toLocaleString('en', FORMATS['F']);
  const text =
    format === 'R' ? relativeTime(seconds - now.value / 1000) : at.toLocaleString('en', FORMATS[format]);
  return (
    <time class="timestamp" dateTime={at.toISOString()} title={full}>
      {text}
    </time>
  );
}

/** `in 2 minutes`, of seconds from now. */
function relativeTime(seconds: number): string {
  const [unit, length] = UNITS.find(([, each]) => Math.abs(seconds) >= each) ?? ['second', 1];
  return relative.format(Math.round(seconds / length), unit);
}
