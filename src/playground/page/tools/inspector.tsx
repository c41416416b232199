import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Happening } from '../../host/protocol.js';
import { ask } from '../state/act.js';
import { wantsHappenings } from '../state/connection.js';
import { happenings } from '../state/things.js';
import { HappeningRow } from './happening-row.js';

const KINDS = [
  ['all', 'Everything'],
  ['request', 'Requests'],
  ['event', 'Events'],
  ['refused', 'Refused and broken'],
  ['gateway', 'Gateway troubles'],
] as const;

type Kind = (typeof KINDS)[number][0];

/** As many rows as one looks through. */
const SHOWN = 300;

const kind = signal<Kind>('all');
const wanted = signal('');

/** Every request and event, the newest first, with what became of it. */
export function Inspector() {
  useEffect(() => {
    wantsHappenings.value = true;
    return () => {
      wantsHappenings.value = false;
    };
  }, []);
  const rows = happenings.value.filter(isWanted).sort((a, b) => b.n - a.n);
  return (
    <section class="tool" aria-label="Inspector">
      <div class="tool-bar">
        <select
          aria-label="Show"
          value={kind.value}
          onChange={({ currentTarget }) => {
            kind.value = currentTarget.value as Kind; // one of the options
          }}
        >
          {KINDS.map(([name, title]) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
        <input
          type="search"
          aria-label="Filter by name"
          placeholder="Filter"
          value={wanted.value}
          onInput={({ currentTarget }) => {
            wanted.value = currentTarget.value;
          }}
        />
        <button type="button" class="button" onClick={save}>
          Export
        </button>
      </div>
      <ol class="happenings" aria-label="Requests and events">
        {rows.slice(0, SHOWN).map((happening) => (
          <HappeningRow key={happening.n} happening={happening} />
        ))}
      </ol>
      {rows.length === 0 ? <p class="hint">Nothing yet.</p> : null}
    </section>
  );
}

function isWanted({ what, verdict, title, reason }: Happening): boolean {
  const ofKind = {
    all: true,
    request: what === 'request',
    event: what === 'event',
    refused: verdict === 'refused' || verdict === 'broken',
    gateway: what === 'gateway',
  }[kind.value];
  return ofKind && `${title} ${reason ?? ''}`.toLowerCase().includes(wanted.value.toLowerCase());
}

/** Saves everything, bodies too, as a file. */
async function save(): Promise<void> {
  const text = JSON.stringify(await ask('/happenings'), null, 2);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = 'playground-requests.json';
  link.click();
  URL.revokeObjectURL(link.href);
}
