import { ApplicationFlags, GatewayIntentBits as I } from 'discord-api-types/v10';
import type { Command } from '../world/command.js';
import type { Application, World } from '../world/world.js';
import { userObject } from './user.js';

/** The limited variants: what bots in under a hundred guilds have when an intent is switched on. */
export function applicationFlags({ privilegedIntents }: Application): number {
  const has = (intent: number) => (privilegedIntents & intent) !== 0;
  return (
    (has(I.GuildPresences) ? ApplicationFlags.GatewayPresenceLimited : 0) |
    (has(I.GuildMembers) ? ApplicationFlags.GatewayGuildMembersLimited : 0) |
    (has(I.MessageContent) ? ApplicationFlags.GatewayMessageContentLimited : 0)
  );
}

export function applicationObject(world: World) {
  const { application } = world;
  const flags = applicationFlags(application);
  return {
    id: application.id,
    name: application.name,
    icon: null,
    description: '',
    type: null,
    flags,
    flags_new: String(flags),
    bot: userObject(application.bot),
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: userObject(application.owner),
    team: null,
    approximate_guild_count: world.guilds.size,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    eligible_oauth2_scopes: [],
    integration_types_config: { '0': {} },
  };
}

/** A command as it is read back: nothing is null that Discord leaves out, and defaults are written out. */
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
    integration_types: body.integration_types ?? [0],
    contexts: body.contexts ?? null,
    ...(guildId === undefined ? { dm_permission: body.dm_permission ?? true } : { guild_id: guildId }),
    ...(options === undefined || options.length === 0 ? {} : { options: compact(options) }),
  };
}

/** Drops nulls and undefineds inside, as Discord does when it echoes. */
export function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(compact);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined);
  return Object.fromEntries(entries.map(([key, inner]) => [key, compact(inner)]));
}
