import type { Command } from '../world/command.js';
import type { World } from '../world/world.js';
import { prune, withoutDefaults } from './compact.js';

const LOCALIZATIONS = ['name_localizations', 'description_localizations'];

/** A command as it is read back: its own defaults written out, its options' left out. */
export function commandObject(world: World, { id, version, guildId, body }: Command) {
  const options = 'options' in body ? body.options : undefined;
  return {
    id,
    application_id: world.application.id,
    version,
    type: body.type ?? 1,
    name: body.name,
    name_localizations: body.name_localizations ?? null,
    description: 'description' in body ? body.description : '',
    description_localizations:
      ('description_localizations' in body ? body.description_localizations : null) ?? null,
    default_member_permissions: body.default_member_permissions ?? null,
    nsfw: body.nsfw ?? false,
    // Where a command is offered is a matter of global ones only: a guild's own do not echo what they were given.
    ...(guildId === undefined
      ? {
          integration_types: body.integration_types ?? [0],
          contexts: body.contexts ?? null,
          dm_permission: body.dm_permission ?? true,
        }
      : { guild_id: guildId, contexts: null }),
    ...(options === undefined || options.length === 0 ? {} : { options: withoutDefaults(options) }),
  };
}

/** A command as a list shows it that was not asked for `with_localizations`. */
export function withoutLocalizations(command: object): unknown {
  return prune(command, (_, key) => LOCALIZATIONS.includes(key));
}
