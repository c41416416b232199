import type { ChannelType, Locale } from 'discord-api-types/v10';

export interface User {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  /** The language of this person's client. */
  readonly locale: Locale;
  /** Bytes a file of theirs may have; Nitro raises it. Goes out as an interaction's `attachment_size_limit`. */
  readonly attachmentSizeLimit: number;
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
  readonly type: ChannelType.GuildText | ChannelType.GuildAnnouncement;
  readonly guild: Guild;
  readonly name: string;
  /** Age-restricted. */
  readonly nsfw: boolean;
  overwrites: readonly Overwrite[];
}

export interface ThreadChannel extends ChannelBase {
  readonly kind: 'thread';
  readonly type: ChannelType.PublicThread | ChannelType.PrivateThread;
  readonly guild: Guild;
  readonly parent: GuildChannel;
  readonly name: string;
  readonly ownerId: string;
  readonly createdAt: number;
  archived: boolean;
  readonly memberIds: Set<string>;
}

export interface DirectChannel extends ChannelBase {
  readonly kind: 'direct';
  readonly type: ChannelType.DM;
  readonly recipient: User;
}

export type Channel = GuildChannel | ThreadChannel | DirectChannel;
