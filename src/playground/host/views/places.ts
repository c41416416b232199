import { offeredCommands, typeOf } from '../../person/offered-commands.js';
import { optionsOf } from '../../person/slash.js';
import type { Command } from '../../world/command.js';
import { mayIn } from '../../world/permissions.js';
import { takenFrom } from '../losable-permissions.js';
import type { Channel, Guild, User } from '../../world/places.js';
import type { World } from '../../world/world.js';
import type { Channel as ChannelView, Command as CommandView, Guild as GuildView } from '../protocol.js';

export function guildView({ id, name, roles, members }: Guild): GuildView {
  return {
    key: `guild:${id}`,
    kind: 'guild',
    id,
    name,
    roles: [...roles.values()].map((role) => ({ id: role.id, name: role.name })),
    members: [...members.keys()],
  };
}

/** A channel as one person sees it. */
export function channelView(world: World, channel: Channel, viewer: User): Omit<ChannelView, 'hasEarlier'> {
  const { id, type, lastMessageId } = channel;
  const isDirect = channel.kind === 'direct';
  const may = (...names: Parameters<typeof mayIn>[2][number][]) => mayIn(channel, viewer.id, names);
  return {
    key: `channel:${id}`,
    kind: 'channel',
    id,
    type,
    name: isDirect ? world.application.bot.name : channel.name,
    guildId: isDirect ? null : channel.guild.id,
    parentId: channel.kind === 'thread' ? channel.parent.id : null,
    isAdult: !isDirect && (channel.kind === 'thread' ? channel.parent : channel).nsfw,
    isArchived: channel.kind === 'thread' && channel.archived,
    isLocked: channel.kind === 'thread' && channel.locked,
    lastMessageId,
    may: {
      write: may('SendMessages'),
      attach: may('SendMessages', 'AttachFiles'),
      react: may('AddReactions'),
      rule: !isDirect && may('ManageMessages'),
    },
    taken: takenFrom(world.application.bot, channel),
    commands: offeredCommands(world, { user: viewer, channel }).map((command) => command.id),
  };
}

export function commandView(command: Command): CommandView {
  const { id, body } = command;
  return {
    key: `command:${id}`,
    kind: 'command',
    id,
    type: typeOf(command),
    name: body.name,
    description: ('description' in body ? body.description : undefined) ?? '',
    options: optionsOf(command),
  };
}
