import type { BaseInteraction } from 'discord.js';
import type { Actor } from '../../jobs/api.js';
import { actorFor, type Person, type Staff } from './permissions.js';

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

/** They as one who rules their own pictures, and others' where they may manage messages. */
export function managerBehind(interaction: BaseInteraction, staff: Staff): Actor {
  return actorFor(personOf(interaction), staff, 'ManageMessages');
}
