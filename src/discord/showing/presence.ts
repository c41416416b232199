import { ActivityType, type Client } from 'discord.js';
import type { AlarmClock } from '../../clock.js';
import type { Jobs } from '../../jobs/api.js';
import { textFor } from '../words/text.js';

/** Discord takes five changes in twenty seconds. */
const PAUSE_MS = 10_000;

export interface PresenceOptions {
  readonly client: Client;
  readonly jobs: Pick<Jobs, 'on' | 'snapshot'>;
  readonly clock: AlarmClock;
}

/**
 * Says beside the bot's name how long the line is. It is one for all servers, and so in English.
 *
 * @returns a function that ends it.
 */
export function showPresence({ client, jobs, clock }: PresenceOptions): () => void {
  const text = textFor('en');
  let shown: string | undefined;
  let callOff: (() => void) | undefined;

  function show(): void {
    callOff = undefined;
    const { running, waitingTotal } = jobs.snapshot({ limit: 0 });
    const state =
      running.length + waitingTotal === 0 ? text.presenceFree : text.presence(running.length, waitingTotal);
    if (state === shown || !client.isReady()) return;
    shown = state;
    client.user.setPresence({ activities: [{ type: ActivityType.Custom, name: 'line', state }] });
  }

  function soon(): void {
    callOff ??= clock.after(PAUSE_MS, show);
  }

  show();
  const stopHearing = jobs.on(({ type }) => {
    if (type === 'line' || type === 'state') soon();
  });
  return () => {
    stopHearing();
    callOff?.();
  };
}
