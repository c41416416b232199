import { useState } from 'preact/hooks';
import type { Happening } from '../../host/protocol.js';
import { ask } from '../state/act.js';

const SIGNS: Readonly<Record<Happening['verdict'], readonly [sign: string, meaning: string]>> = {
  accepted: ['✓', 'accepted'],
  refused: ['✕', 'refused'],
  broken: ['⚡', 'connection broken'],
  sent: ['↓', 'sent to the bot'],
  unheard: ['·', 'not sent: no session wants it, or may see it'],
};

/** One line; its bodies are fetched when it is opened. */
export function HappeningRow({ happening }: { readonly happening: Happening }) {
  const { n, at, what, title, verdict, reason, status, durationMs } = happening;
  const [bodies, setBodies] = useState<string | undefined>(undefined);
  const [sign, meaning] = SIGNS[verdict];
  const open = async ({ currentTarget }: { readonly currentTarget: HTMLDetailsElement }) => {
    if (!currentTarget.open || bodies !== undefined) return;
    setBodies(JSON.stringify(await ask(`/happenings/${n}`), null, 2));
  };
  return (
    <li>
      <details class="happening" data-verdict={verdict} onToggle={open}>
        <summary>
          <span class="verdict" title={meaning}>
            <span aria-hidden="true">{sign}</span>
            <span class="unseen">
              {what} {meaning}
            </span>
          </span>
          <span class="happening-title">{title}</span>
          <small>
            {status === null || status === 0 ? '' : status} {durationMs === null ? '' : `${durationMs} ms`}
          </small>
          <time dateTime={new Date(at).toISOString()}>
            {new Date(at).toLocaleTimeString('en', { hour12: false })}
          </time>
          {reason === null ? null : <small class="error">{reason}</small>}
        </summary>
        <pre>{bodies ?? '…'}</pre>
      </details>
    </li>
  );
}
