import { channelObject, memberFields, roleObject } from '../wire/guild.js';
import { userObject } from '../wire/user.js';
import type { Channel } from '../world/places.js';
import type { World } from '../world/world.js';

type Resolved = Record<string, Record<string, unknown>>;

/**
 * What ids of people, roles and channels stand for, in an interaction's `resolved`.
 *
 * @throws for an id that stands for nothing here.
 */
export function resolvedIds(world: World, place: Channel, ids: readonly string[]): Resolved {
  const resolved: Resolved = {};
  const put = (kind: string, id: string, object: unknown) => {
    resolved[kind] = { ...resolved[kind], [id]: object };
  };
  const guild = place.kind === 'direct' ? undefined : place.guild;
  for (const id of ids) {
    const user = world.users.get(id);
    const role = guild?.roles.get(id);
    const channel = world.channels.get(id);
    const member = guild?.members.get(id);
    if (user !== undefined) put('users', id, userObject(user));
    else if (role !== undefined) put('roles', id, roleObject(world, role));
    else if (channel !== undefined)
      put('channels', id, { ...channelObject(world, channel), permissions: '0' });
    else throw new Error(`Expected the id of a person, a role or a channel here, got ${id}.`);
    if (member !== undefined) {
      const { deaf: _deaf, mute: _mute, ...partial } = memberFields(member);
      put('members', id, { ...partial, permissions: '0' });
    }
  }
  return resolved;
}
