import type { APIEmbed, APIMessageTopLevelComponent, MessageType } from 'discord-api-types/v10';
import type { Channel, User } from './places.js';

export interface Attachment {
  readonly id: string;
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  readonly description: string | undefined;
  /** Pixels, when the bytes are a PNG, JPEG, GIF or WebP. */
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** The CDN's link ends at this time. */
  readonly expiresAt: number;
}

/** What a message says; replaced as a whole by an edit. */
export interface MessageBody {
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly attachments: readonly Attachment[];
  readonly flags: number;
  readonly mentions: Mentions;
}

/** Who was pinged. */
export interface Mentions {
  readonly everyone: boolean;
  readonly users: readonly User[];
  readonly roles: readonly string[];
}

export interface Message {
  readonly id: string;
  readonly channel: Channel;
  readonly author: User;
  readonly type: MessageType;
  readonly createdAt: number;
  readonly nonce: string | number | undefined;
  readonly replyTo: Message | undefined;
  /** The interaction it answers. */
  readonly interaction: InteractionOrigin | undefined;
  /** The only person who sees it, when it is ephemeral. */
  readonly onlyFor: User | undefined;
  body: MessageBody;
  editedAt: number | undefined;
  /** Users by emoji key, in the order of their reactions. */
  readonly reactions: Map<string, User[]>;
  /** Every body it ever had, with its time: what a person watching would have seen. */
  readonly versions: { readonly at: number; readonly body: MessageBody }[];
  deleted: boolean;
}

/** Whom or what a command of a menu was called on. */
export type MenuTarget =
  | { readonly kind: 'user'; readonly user: User }
  | { readonly kind: 'message'; readonly message: Message };

export interface InteractionOrigin {
  readonly id: string;
  readonly token: string;
  readonly kind: 'command' | 'component' | 'modal';
  readonly user: User;
  readonly guildId: string | undefined;
  /** The message whose button was pressed. */
  readonly messageId: string | undefined;
  readonly commandName: string | undefined;
  /** What it was called on, when it is one of a person's or a message's menu. */
  readonly target: MenuTarget | undefined;
  /** The message that answered it first, when this one follows up. */
  readonly originalId: string | undefined;
  /** The interaction that opened the form whose sending this is. */
  readonly openedBy: InteractionOrigin | undefined;
}
