import type { Trouble } from '../../host/protocol.js';
import { act } from '../state/act.js';
import { say } from '../state/notice.js';
import { channel } from '../state/place.js';
import { home } from '../state/things.js';
import { ChannelTroubles } from './channel-troubles.js';

/** What can be made to go wrong: with requests, with the gateway, and in the channel one looks at. */
export function Faults() {
  const troubles = home.value?.troubles;
  const here = channel.value;
  if (troubles === undefined) return null;
  return (
    <section class="tool" aria-label="Faults">
      <h3>The next requests</h3>
      <RequestFaults kinds={troubles.request} routes={troubles.routes} />
      <WaitingFaults />
      <h3>The gateway</h3>
      <div class="button-list">
        {troubles.gateway.map(({ name, title }) => (
          <button key={name} type="button" class="button" onClick={() => trouble('gateway', { name })}>
            {title}
          </button>
        ))}
      </div>
      {here === undefined ? null : <ChannelTroubles channel={here} permissions={troubles.permissions} />}
    </section>
  );
}

interface RequestFaultsProps {
  readonly kinds: readonly Trouble[];
  readonly routes: readonly string[];
}

function RequestFaults({ kinds, routes }: RequestFaultsProps) {
  const add = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const route = String(form.get('route') ?? '');
    void trouble('fault', {
      name: String(form.get('name')),
      ...(route !== '' && { route }),
      times: Number(form.get('times')),
      afterEffect: form.get('after') !== null,
    });
  };
  return (
    <form class="fault-form" onSubmit={add}>
      <label>
        What happens
        <select name="name">
          {kinds.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label>
        To which requests
        <select name="route">
          <option value="">Every one</option>
          {routes.map((route) => (
            <option key={route} value={route}>
              {route}
            </option>
          ))}
        </select>
      </label>
      <label>
        How many of them
        <input name="times" type="number" min={1} max={1000} value={1} />
      </label>
      <label class="check">
        <input name="after" type="checkbox" /> after it has had its effect
      </label>
      <button type="submit" class="button" data-style="primary">
        Let it happen
      </button>
    </form>
  );
}

function WaitingFaults() {
  const faults = home.value?.faults ?? [];
  if (faults.length === 0) return null;
  return (
    <ul class="waiting-faults" aria-label="Faults that wait">
      {faults.map(({ id, title, route, times, hits }) => (
        <li key={id}>
          <span>
            {title} <small>{route ?? 'every request'}</small>{' '}
            <small>
              {hits} of {times}
            </small>
          </span>
          <button
            type="button"
            class="icon-button"
            aria-label={`Call off: ${title}`}
            onClick={() => trouble('unfault', { id })}
          >
            ✕
          </button>
        </li>
      ))}
    </ul>
  );
}

async function trouble(name: string, input: object): Promise<void> {
  const result = await act(name, input);
  if (!result.ok) say(result.error);
}
