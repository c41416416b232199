import { ChannelType, Locale } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import {
  ALL_PERMISSIONS,
  channelPermissions,
  mayIn,
  type PermissionName,
  permissionBits,
} from '../../../src/playground/world/permissions.js';
import type {
  Guild,
  GuildChannel,
  Overwrite,
  ThreadChannel,
  User,
} from '../../../src/playground/world/places.js';

interface Rule {
  readonly id: string;
  readonly allow?: readonly PermissionName[];
  readonly deny?: readonly PermissionName[];
}

/** A guild where @everyone sees and writes, with one member of roles `1` and `2`, and a channel with overwrites. */
function place(rules: readonly Rule[], roles: Readonly<Record<string, readonly PermissionName[]>> = {}) {
  const user: User = {
    id: '7',
    name: 'Ada',
    bot: false,
    locale: Locale.EnglishUS,
    attachmentSizeLimit: 0,
    acceptsDirect: true,
  };
  const role = (id: string, names: readonly PermissionName[]) =>
    [id, { id, name: id, permissions: permissionBits(names), position: 0, managed: false }] as const;
  const guild: Guild = {
    id: '100',
    name: 'Atelier',
    ownerId: '1',
    locale: Locale.EnglishUS,
    roles: new Map([
      role('100', ['ViewChannel', 'SendMessages', 'AttachFiles', 'EmbedLinks']),
      role('1', roles['1'] ?? []),
      role('2', roles['2'] ?? []),
    ]),
    members: new Map([['7', { user, roles: ['1', '2'], joinedAt: 0 }]]),
    blockedWords: [],
    commandPermissions: new Map(),
  };
  const overwrites = rules.map(
    ({ id, allow = [], deny = [] }): Overwrite => ({
      id,
      kind: id === '7' ? 'member' : 'role',
      allow: permissionBits(allow),
      deny: permissionBits(deny),
    }),
  );
  const channel: GuildChannel = {
    kind: 'guild',
    type: ChannelType.GuildText,
    id: '200',
    guild,
    name: 'pictures',
    nsfw: false,
    overwrites,
    lastMessageId: null,
  };
  return { guild, channel };
}

const VIEW: readonly PermissionName[] = ['ViewChannel'];

describe('permissions in a channel', () => {
  it('are those of @everyone and the roles together', () => {
    const { channel } = place([], { '2': ['ManageMessages'] });
    expect(mayIn(channel, '7', ['SendMessages', 'ManageMessages'])).toBe(true);
    expect(mayIn(channel, '7', ['ManageChannels'])).toBe(false);
  });

  it('are lost to a denial for @everyone and won back by a role', () => {
    expect(mayIn(place([{ id: '100', deny: VIEW }]).channel, '7', VIEW)).toBe(false);
    const { channel } = place([
      { id: '1', allow: VIEW },
      { id: '100', deny: VIEW },
    ]);
    expect(mayIn(channel, '7', VIEW)).toBe(true);
  });

  it('stay when one role denies and another allows', () => {
    const { channel } = place([
      { id: '1', allow: VIEW },
      { id: '2', deny: VIEW },
    ]);
    expect(mayIn(channel, '7', VIEW)).toBe(true);
  });

  it('follow the member’s own overwrite last', () => {
    const { channel } = place([
      { id: '7', deny: VIEW },
      { id: '1', allow: VIEW },
    ]);
    expect(mayIn(channel, '7', VIEW)).toBe(false);
  });

  it('are none where the channel is not to be seen', () => {
    const { channel } = place([{ id: '100', deny: VIEW }], { '1': ['ManageMessages'] });
    expect(channelPermissions(channel, '7')).toBe(0n);
  });

  it('hold no files and embeds for who may not write', () => {
    const { channel } = place([{ id: '7', deny: ['SendMessages'] }]);
    expect(mayIn(channel, '7', ['AttachFiles'])).toBe(false);
    expect(mayIn(channel, '7', VIEW)).toBe(true);
  });

  it('are all there are for administrators and the owner, whatever the channel denies', () => {
    const denied = [{ id: '7', deny: VIEW }];
    expect(channelPermissions(place(denied, { '1': ['Administrator'] }).channel, '7')).toBe(ALL_PERMISSIONS);
    const { guild, channel } = place(denied);
    const owned = { ...channel, guild: { ...guild, ownerId: '7' } };
    expect(channelPermissions(owned, '7')).toBe(ALL_PERMISSIONS);
  });

  it('are none for who is no member', () => {
    expect(channelPermissions(place([]).channel, '8')).toBe(0n);
  });

  it('in a thread are its parent’s, with writing decided by SendMessagesInThreads', () => {
    const { guild, channel } = place([{ id: '7', deny: ['SendMessages'], allow: ['SendMessagesInThreads'] }]);
    const thread: ThreadChannel = {
      kind: 'thread',
      type: ChannelType.PublicThread,
      id: '300',
      guild,
      parent: channel,
      name: 'details',
      ownerId: '7',
      createdAt: 0,
      archived: false,
      locked: false,
      memberIds: new Set(),
      lastMessageId: null,
    };
    expect(mayIn(channel, '7', ['SendMessages'])).toBe(false);
    expect(mayIn(thread, '7', ['SendMessages', 'AttachFiles'])).toBe(true);
  });
});
