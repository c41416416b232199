import { CommandPermissionsResponseSchema } from 'discord-api-spec/zod';
import { z } from 'zod';
import type { CommandPermission, Guild } from '../../world/places.js';
import type { World } from '../../world/world.js';
import { refuse } from '../error.js';
import { type Call, param, type Route, route } from '../route.js';

const BASE = '/applications/:application/guilds/:guild/commands';

/** What a guild's admins have said about the bot's commands: for the bot to read, not to change. */
export const commandPermissionRoutes: readonly Route[] = [
  route({
    on: `GET ${BASE}/permissions`,
    answer: z.array(CommandPermissionsResponseSchema),
    handle(call) {
      const guild = guildOf(call);
      const all = [...guild.commandPermissions].map((entry) => permissionsObject(call.world, guild, entry));
      return { status: 200, body: all };
    },
  }),
  route({
    on: `GET ${BASE}/:command/permissions`,
    answer: CommandPermissionsResponseSchema,
    handle(call) {
      const guild = guildOf(call);
      const id = param(call, 'command');
      const said = guild.commandPermissions.get(id);
      if (said === undefined) throw refuse('unknownCommandPermissions');
      return { status: 200, body: permissionsObject(call.world, guild, [id, said]) };
    },
  }),
];

function guildOf(call: Call): Guild {
  const guild = call.world.guilds.get(param(call, 'guild'));
  if (guild === undefined) throw refuse('missingAccess');
  return guild;
}

const TYPES: Readonly<Record<CommandPermission['kind'], number>> = { role: 1, user: 2, channel: 3 };

function permissionsObject(
  { application }: World,
  guild: Guild,
  [id, said]: readonly [string, readonly CommandPermission[]],
): object {
  const permissions = said.map((one) => ({ id: one.id, type: TYPES[one.kind], permission: one.allowed }));
  return { id, application_id: application.id, guild_id: guild.id, permissions };
}
