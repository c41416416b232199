import { permissionBits, type PermissionName } from '../world/permissions.js';
import type { Channel, User } from '../world/places.js';

/** What a bot that posts needs, and can lose. */
export const LOSABLE = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'AttachFiles',
  'EmbedLinks',
  'ReadMessageHistory',
  'AddReactions',
] as const satisfies readonly PermissionName[];

/** Which of them a channel, or a thread's parent, denies someone personally. */
export function takenFrom(user: User, channel: Channel): readonly PermissionName[] {
  const place = channel.kind === 'thread' ? channel.parent : channel;
  if (place.kind === 'direct') return [];
  const denied = place.overwrites.find(({ id }) => id === user.id)?.deny ?? 0n;
  return LOSABLE.filter((name) => (denied & permissionBits([name])) !== 0n);
}
