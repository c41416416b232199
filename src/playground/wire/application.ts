import { ApplicationFlags, GatewayIntentBits as I } from 'discord-api-types/v10';
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
