import { ChannelType } from 'discord-api-types/v10';
import { guildPermissions, mayIn } from '../world/permissions.js';
import type {
  Channel,
  DirectChannel,
  Guild,
  GuildChannel,
  Member,
  Role,
  ThreadChannel,
} from '../world/places.js';
import type { World } from '../world/world.js';
import { userObject } from './user.js';

export function roleObject(world: World, role: Role) {
  return {
    id: role.id,
    name: role.name,
    permissions: String(role.permissions),
    position: role.position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: role.managed,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: 0,
    ...(role.managed ? { tags: { bot_id: world.application.bot.id } } : {}),
  };
}

/** A member without the user, as events carry one beside a message's author. */
export function memberFields(member: Member) {
  return {
    avatar: null,
    avatar_decoration_data: null,
    collectibles: null,
    banner: null,
    communication_disabled_until: null,
    flags: 0,
    joined_at: new Date(member.joinedAt).toISOString(),
    nick: null,
    pending: false,
    premium_since: null,
    roles: [...member.roles],
    mute: false,
    deaf: false,
  };
}

export function memberObject(member: Member) {
  return { ...memberFields(member), user: userObject(member.user) };
}

export function memberAdd(guild: Guild, member: Member) {
  return { ...memberObject(member), guild_id: guild.id };
}

export function channelObject(world: World, channel: Channel) {
  if (channel.kind === 'guild') return guildChannel(channel);
  return channel.kind === 'thread' ? threadObject(world, channel) : directObject(channel);
}

export function guildChannel(channel: GuildChannel) {
  return {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guild.id,
    name: channel.name,
    position: 0,
    flags: 0,
    topic: null,
    nsfw: channel.nsfw,
    parent_id: null,
    last_message_id: channel.lastMessageId,
    rate_limit_per_user: 0,
    permission_overwrites: channel.overwrites.map(({ id, kind, allow, deny }) => ({
      id,
      type: kind === 'role' ? 0 : 1,
      allow: String(allow),
      deny: String(deny),
    })),
    ...KIND_FIELDS[channel.type],
  };
}

/** What channels of a kind have besides what all have. */
const VOICE_FIELDS = { bitrate: 64_000, user_limit: 0, rtc_region: null };
const KIND_FIELDS: Readonly<Record<GuildChannel['type'], object>> = {
  [ChannelType.GuildText]: {},
  [ChannelType.GuildAnnouncement]: {},
  [ChannelType.GuildVoice]: VOICE_FIELDS,
  [ChannelType.GuildStageVoice]: VOICE_FIELDS,
  [ChannelType.GuildForum]: {
    available_tags: [],
    default_reaction_emoji: null,
    default_sort_order: null,
    default_forum_layout: 0,
  },
};

export function threadObject(world: World, thread: ThreadChannel) {
  const messages = [...world.messages.values()].filter(({ channel }) => channel === thread).length;
  return {
    id: thread.id,
    type: thread.type,
    guild_id: thread.guild.id,
    parent_id: thread.parent.id,
    name: thread.name,
    owner_id: thread.ownerId,
    flags: 0,
    last_message_id: thread.lastMessageId,
    rate_limit_per_user: 0,
    message_count: messages,
    total_message_sent: messages,
    member_count: thread.memberIds.size,
    thread_metadata: {
      archived: thread.archived,
      auto_archive_duration: 1440,
      archive_timestamp: new Date(thread.createdAt).toISOString(),
      create_timestamp: new Date(thread.createdAt).toISOString(),
      locked: thread.locked,
      ...(thread.type === ChannelType.PrivateThread ? { invitable: true } : {}),
    },
  };
}

function directObject(channel: DirectChannel) {
  return {
    id: channel.id,
    type: channel.type,
    flags: 0,
    last_message_id: channel.lastMessageId,
    recipients: [userObject(channel.recipient)],
  };
}

/** A guild as `GET /guilds/{id}` shows it. */
export function guildObject(world: World, guild: Guild) {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: [],
    banner: null,
    owner_id: guild.ownerId,
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 1,
    roles: [...guild.roles.values()].map((role) => roleObject(world, role)),
    default_message_notifications: 0,
    mfa_level: 0,
    explicit_content_filter: 0,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.locale,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    premium_progress_bar_enabled_user_updated_at: null,
    nsfw: false,
    nsfw_level: 0,
    emojis: [],
    stickers: [],
    incidents_data: null,
  };
}

/** A guild in the bot's own list. */
export function ownGuild(world: World, guild: Guild) {
  const bot = guild.members.get(world.application.bot.id);
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    banner: null,
    owner: false,
    permissions: String(bot === undefined ? 0n : guildPermissions(guild, bot)),
    features: [],
  };
}

/** The guild as GUILD_CREATE brings it; of the members only the bot, as for one without the GuildMembers intent. */
export function guildCreate(world: World, guild: Guild) {
  const own = [...world.channels.values()];
  const bot = guild.members.get(world.application.bot.id);
  return {
    ...guildObject(world, guild),
    joined_at: new Date(bot?.joinedAt ?? world.clock.now()).toISOString(),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    members: bot === undefined ? [] : [memberObject(bot)],
    channels: own
      .filter((channel) => channel.kind === 'guild' && channel.guild === guild)
      .map((channel) => channelObject(world, channel)),
    threads: own
      .filter((channel) => channel.kind === 'thread' && channel.guild === guild && !channel.archived)
      .filter((channel) => mayIn(channel, world.application.bot.id, ['ViewChannel']))
      .map((channel) => channelObject(world, channel)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
