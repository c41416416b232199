import type { BaseInteraction } from 'discord.js';
import type { Person } from './permissions.js';

/** Who is behind an interaction; Discord has worked out their permissions in the channel. */
export function personOf(interaction: BaseInteraction): Person {
  const { member, memberPermissions, user, guildId } = interaction;
  const roles = member?.roles ?? [];
  return {
    userId: user.id,
    guildId,
    permissions: memberPermissions,
    roleIds: Array.isArray(roles) ? roles : [...roles.cache.keys()],
  };
}
