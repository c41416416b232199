import { act } from '../state/act.js';
import { say } from '../state/notice.js';
import { home } from '../state/things.js';
import { now } from '../state/time.js';

const MINUTE_MS = 60_000;
const STEPS = [
  ['1 minute', MINUTE_MS],
  ['16 minutes', 16 * MINUTE_MS],
  ['61 minutes', 61 * MINUTE_MS],
  ['25 hours', 25 * 60 * MINUTE_MS],
] as const;

/** The bot's process, and the clock of its Discord. */
export function Bot() {
  const { bot, aheadMs } = home.value ?? {};
  if (bot === undefined) return null;
  return (
    <section class="tool" aria-label="Bot and clock">
      <h3>The bot's process</h3>
      {bot.isOurs ? (
        <div class="button-list">
          <button type="button" class="button" onClick={() => command('bot', { do: 'kill' })}>
            Kill it (it comes back)
          </button>
          <button
            type="button"
            class="button"
            disabled={bot.state === 'stopped'}
            onClick={() => command('bot', { do: 'stop' })}
          >
            Stop it
          </button>
          <button
            type="button"
            class="button"
            disabled={bot.state !== 'stopped'}
            onClick={() => command('bot', { do: 'start' })}
          >
            Start it
          </button>
        </div>
      ) : (
        <p class="hint">It was started elsewhere.</p>
      )}
      <h3>The clock</h3>
      <p>
        Here it is <time>{new Date(now.value + (aheadMs ?? 0)).toLocaleString('en')}</time>
        {aheadMs ? `, ${Math.round(aheadMs / MINUTE_MS)} minutes ahead` : ''}.
      </p>
      <div class="button-list">
        {STEPS.map(([name, forwardMs]) => (
          <button key={name} type="button" class="button" onClick={() => command('clock', { forwardMs })}>
            Forward {name}
          </button>
        ))}
      </div>
      <p class="hint">
        Tokens of interactions end after 15 minutes, messages are hard to edit after an hour, links to files
        end after a day. The bot's own clock stays as it is.
      </p>
    </section>
  );
}

async function command(name: string, input: object): Promise<void> {
  const result = await act(name, input);
  if (!result.ok) say(result.error);
}
