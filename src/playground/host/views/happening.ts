import type { TrailEntry } from '../../trail.js';
import type { Happening } from '../protocol.js';

/** A request or an event in one line. */
export function happeningView(entry: TrailEntry): Happening {
  const { n, at } = entry;
  const base = {
    key: `happening:${n}`,
    kind: 'happening',
    n,
    at,
    reason: null,
    status: null,
    durationMs: null,
  } as const;
  if (entry.kind === 'request') {
    const { path, route, status, code, durationMs } = entry;
    return {
      ...base,
      what: 'request',
      title: `${route.split(' ')[0] ?? ''} ${shortPath(path)}`,
      verdict: status === 0 ? 'broken' : status < 400 ? 'accepted' : 'refused',
      reason: code === undefined ? null : reasonOf(code, entry.answer),
      status,
      durationMs: Math.round(10 * durationMs) / 10,
    };
  }
  if (entry.kind === 'event') {
    return { ...base, what: 'event', title: entry.event, verdict: entry.reached > 0 ? 'sent' : 'unheard' };
  }
  return { ...base, what: 'gateway', title: entry.what, verdict: 'sent' };
}

/** Tokens of interactions are long and say nothing. */
function shortPath(path: string): string {
  return decodeURIComponent(path).replaceAll(/[\w-]{40,}/g, '…');
}

/** `50035 Invalid Form Body: content: Must be 2000 or fewer in length.` */
function reasonOf(code: number, answer: unknown): string {
  const { message = '', errors } = (answer ?? {}) as { message?: string; errors?: unknown }; // a refusal's body
  const first = firstError(errors, []);
  return [`${code} ${message}`, ...(first === undefined ? [] : [first])].join(': ');
}

/** The first leaf of Discord's tree of errors, with its path. */
function firstError(tree: unknown, path: readonly string[]): string | undefined {
  if (typeof tree !== 'object' || tree === null) return undefined;
  for (const [key, value] of Object.entries(tree)) {
    if (key === '_errors' && Array.isArray(value)) {
      const { message } = (value[0] ?? {}) as { message?: string }; // a leaf
      return `${path.join('.')}: ${message ?? ''}`;
    }
    const inner = firstError(value, [...path, key]);
    if (inner !== undefined) return inner;
  }
  return undefined;
}
