import { viewer, viewerId } from '../state/place.js';
import { cast, personById } from '../state/things.js';
import { Avatar } from './avatar.js';

/** Who one is, and who else one could be. */
export function Viewer() {
  const me = personById.value.get(viewerId.value);
  return (
    <div class="viewer">
      <Avatar person={me} />
      <label>
        <span class="viewer-label">You are</span>
        <select
          value={viewerId.value}
          onChange={({ currentTarget }) => {
            viewer.value = currentTarget.value;
          }}
        >
          {cast.value.map(({ id, name, part }) => (
            <option key={id} value={id}>
              {name} · {part}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
