import { isConnected } from '../state/connection.js';
import { notice } from '../state/notice.js';

/** The latest notice; one that stays while the host is away. */
export function Toast() {
  const text = isConnected.value ? notice.value : 'The playground does not answer. Trying again…';
  return (
    <div class="toast" role="status" aria-live="polite">
      {text === undefined ? null : <p>{text}</p>}
    </div>
  );
}
