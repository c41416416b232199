/** Messages, what they are made of, and forms, as the page sees them. Only types, as in `protocol.ts`. */
import type { APIEmbed } from 'discord-api-types/v10';

export interface File {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly size: number;
  readonly contentType: string;
  readonly description: string | null;
  readonly width: number | null;
  readonly height: number | null;
}

export interface Message {
  readonly key: string;
  readonly kind: 'message';
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly at: number;
  readonly editedAt: number | null;
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly Component[];
  readonly files: readonly File[];
  readonly isWaiting: boolean;
  /** Whether only the viewer sees it. */
  readonly isPrivate: boolean;
  /** Whether the viewer was called by name. */
  readonly callsViewer: boolean;
  readonly reactions: readonly Reaction[];
  readonly replyTo: ReplyTo | null;
  /** What it answers; `command` as it is called, `/imagine`, or null for a button. */
  readonly origin: { readonly userId: string; readonly command: string | null } | null;
}

export interface ReplyTo {
  /** Null when it was deleted. */
  readonly id: string | null;
  readonly authorId: string | null;
  readonly excerpt: string;
}

export interface Reaction {
  readonly emoji: string;
  readonly userIds: readonly string[];
}

/** A component as Discord describes it, seen loosely. */
export interface Component {
  readonly type: number;
  readonly custom_id?: string;
  readonly label?: string;
  readonly description?: string;
  readonly emoji?: { readonly id?: string | null; readonly name?: string | null };
  readonly style?: number;
  readonly url?: string;
  readonly disabled?: boolean;
  readonly placeholder?: string;
  readonly min_values?: number;
  readonly max_values?: number;
  readonly channel_types?: readonly number[];
  readonly min_length?: number;
  readonly max_length?: number;
  readonly required?: boolean;
  readonly value?: string;
  readonly default?: boolean;
  readonly content?: string;
  readonly spoiler?: boolean;
  readonly divider?: boolean;
  readonly accent_color?: number | null;
  readonly options?: readonly SelectOption[];
  readonly components?: readonly Component[];
  readonly component?: Component;
  readonly accessory?: Component;
  readonly media?: { readonly url: string };
  readonly file?: { readonly url: string };
  readonly name?: string;
  readonly items?: readonly {
    readonly media: { readonly url: string };
    readonly description?: string | null;
  }[];
}

export interface SelectOption {
  readonly label: string;
  readonly value: string;
  readonly description?: string;
  readonly emoji?: { readonly name?: string | null };
  readonly default?: boolean;
}

export interface Form {
  readonly custom_id: string;
  readonly title: string;
  readonly components: readonly Component[];
}
