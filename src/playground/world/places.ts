import type { ChannelType, Locale } from 'discord-api-types/v10';

export interface User {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  /** The language of this person's client. */
  readonly locale: Locale;
  /** Bytes a file of theirs may have; Nitro raises it. Goes out as an interaction's `attachment_size_limit`. */
  readonly attachmentSizeLimit: number;
  /** Whether bots may write to them directly; a privacy setting of theirs. */
  acceptsDirect: boolean;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly permissions: bigint;
  readonly position: number;
  /** Made for a bot when it joined. */
  readonly managed: boolean;
}

export interface Member {
  readonly user: User;
  readonly roles: string[];
  readonly joinedAt: number;
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly locale: Locale;
  /** The role with the guild's own id is @everyone. */
  readonly roles: Map<string, Role>;
  readonly members: Map<string, Member>;
  /** Words for which automatic moderation blocks a message. */
  blockedWords: readonly string[];
  /** Who may use a command here, by the command's id, where the guild's admins have said so. */
  readonly commandPermissions: Map<string, readonly CommandPermission[]>;
}

/** What a guild's admins say about one command. */
export interface CommandPermission {
  /** A role's, user's or channel's id; the guild's own for everybody, one less for every channel. */
  readonly id: string;
  readonly kind: 'role' | 'user' | 'channel';
  readonly allowed: boolean;
}

export interface Overwrite {
  /** A role's or a user's id. */
  readonly id: string;
  readonly kind: 'role' | 'member';
  readonly allow: bigint;
  readonly deny: bigint;
}

interface ChannelBase {
  readonly id: string;
  lastMessageId: string | null;
}

export interface GuildChannel extends ChannelBase {
  readonly kind: 'guild';
  /** Voice and stage channels have a chat of their own; a forum has only posts, which are threads. */
  readonly type:
    | ChannelType.GuildText
    | ChannelType.GuildAnnouncement
    | ChannelType.GuildVoice
    | ChannelType.GuildStageVoice
    | ChannelType.GuildForum;
  readonly guild: Guild;
  readonly name: string;
  /** Age-restricted. */
  readonly nsfw: boolean;
  overwrites: readonly Overwrite[];
}

export interface ThreadChannel extends ChannelBase {
  readonly kind: 'thread';
  readonly type: ChannelType.PublicThread | ChannelType.PrivateThread | ChannelType.AnnouncementThread;
  readonly guild: Guild;
  readonly parent: GuildChannel;
  readonly name: string;
  readonly ownerId: string;
  readonly createdAt: number;
  archived: boolean;
  /** Only who may manage threads wakes it again. */
  locked: boolean;
  readonly memberIds: Set<string>;
}

export interface DirectChannel extends ChannelBase {
  readonly kind: 'direct';
  readonly type: ChannelType.DM;
  readonly recipient: User;
}

export type Channel = GuildChannel | ThreadChannel | DirectChannel;
