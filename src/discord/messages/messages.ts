import {
  type APIChannel,
  type APIMessage,
  type APIUser,
  MessageFlags,
  type REST,
  type RESTPatchAPIChannelMessageJSONBody,
  type RESTPostAPIChannelMessageJSONBody,
  Routes,
  SnowflakeUtil,
} from 'discord.js';
import type { MessageRef } from '../../contracts/job.js';
import { parseButtonId } from '../asking/custom-id.js';
import { messageTrouble } from './message-errors.js';
import type { Post } from './post.js';

/** How far back a lost message is looked for: the most one request gives. */
const SEARCHED = 100;

export interface NewMessage {
  readonly channelId: string;
  /** ≤ 25 characters: for some minutes, the same nonce again gives the message that was made the first time. */
  readonly nonce: string;
  /** The message to answer to, where it still exists. */
  readonly replyTo?: string | undefined;
}

/**
 * Messages of ours, written with the bot's own token: an interaction's would end after 15 minutes. Everything rejects
 * with what discord.js throws; `messageTrouble` sorts that.
 */
export interface Messages {
  create(message: NewMessage, post: Post, signal?: AbortSignal): Promise<MessageRef>;
  /** `keepPicture` leaves the picture that is there, without sending it again. */
  edit(ref: MessageRef, post: Post, options?: { keepPicture?: boolean; signal?: AbortSignal }): Promise<void>;
  /** One that is gone already is as good as deleted. */
  delete(ref: MessageRef): Promise<void>;
  /** Looks through the channel's newest messages for one of ours that shows the job. */
  find(channelId: string, jobId: string): Promise<MessageRef | undefined>;
  react(ref: MessageRef, emoji: string): Promise<void>;
  /** Who gave a reaction, the first hundred. */
  reactors(
    ref: MessageRef,
    emoji: string,
  ): Promise<readonly { readonly id: string; readonly bot?: boolean }[]>;
  /** Whether the bot has access to a channel; a private thread's members have. */
  canSee(channelId: string): Promise<boolean>;
  /** The channel of our direct messages with somebody. */
  directChannel(userId: string): Promise<string>;
}

/** Nobody is ever pinged by somebody's prompt. */
const NO_MENTIONS = { parse: [] };

export function createMessages(rest: REST, ownId: () => string): Messages {
  return {
    async create({ channelId, nonce, replyTo }, post, signal) {
      const body: RESTPostAPIChannelMessageJSONBody = {
        content: post.content,
        components: [...post.rows],
        allowed_mentions: post.pings === undefined ? NO_MENTIONS : { users: [post.pings] },
        nonce,
        enforce_nonce: true,
        flags: MessageFlags.SuppressEmbeds,
        ...attachmentsOf(post),
      };
      if (replyTo !== undefined) {
        body.message_reference = { message_id: replyTo, fail_if_not_exists: false };
      }
      const request = { body, ...filesOf(post), ...(signal && { signal }) };
      const message = (await rest.post(Routes.channelMessages(channelId), request)) as APIMessage;
      return messageRef(channelId, message.id);
    },

    async edit({ channelId, messageId }, post, { keepPicture = false, signal } = {}) {
      const body: RESTPatchAPIChannelMessageJSONBody = {
        content: post.content,
        components: [...post.rows],
        allowed_mentions: NO_MENTIONS,
        // Naming only the new file takes the old one away; without a name for it, files would pile up.
        ...(keepPicture ? {} : attachmentsOf(post)),
      };
      const files = keepPicture ? {} : filesOf(post);
      await rest.patch(Routes.channelMessage(channelId, messageId), {
        body,
        ...files,
        ...(signal && { signal }),
      });
    },

    async delete({ channelId, messageId }) {
      try {
        await rest.delete(Routes.channelMessage(channelId, messageId));
      } catch (error) {
        if (messageTrouble(error).kind !== 'gone') throw error;
      }
    },

    async find(channelId, jobId) {
      const query = new URLSearchParams({ limit: String(SEARCHED) });
      const recent = (await rest.get(Routes.channelMessages(channelId), { query })) as APIMessage[];
      const ours = recent.find((message) => message.author.id === ownId() && shownJob(message) === jobId);
      return ours && messageRef(channelId, ours.id);
    },

    async react({ channelId, messageId }, emoji) {
      await rest.put(Routes.channelMessageOwnReaction(channelId, messageId, encodeURIComponent(emoji)));
    },

    async reactors({ channelId, messageId }, emoji) {
      const route = Routes.channelMessageReaction(channelId, messageId, encodeURIComponent(emoji));
      const query = new URLSearchParams({ limit: String(SEARCHED) });
      return (await rest.get(route, { query })) as APIUser[];
    },

    async canSee(channelId) {
      try {
        await rest.get(Routes.channel(channelId));
        return true;
      } catch (error) {
        const { kind } = messageTrouble(error);
        if (kind === 'closed' || kind === 'forbidden') return false;
        throw error;
      }
    },

    async directChannel(userId) {
      const channel = (await rest.post(Routes.userChannels(), {
        body: { recipient_id: userId },
      })) as APIChannel;
      return channel.id;
    },
  };
}

/** A message's time of making is in its id. */
export function messageRef(channelId: string, messageId: string): MessageRef {
  return { channelId, messageId, createdAt: SnowflakeUtil.timestampFrom(messageId) };
}

/** Which job a message of ours shows: each of its buttons names it. */
function shownJob({ components = [] }: APIMessage): string | undefined {
  for (const row of components) {
    if (!('components' in row)) continue;
    for (const component of row.components) {
      const id = 'custom_id' in component ? parseButtonId(component.custom_id) : undefined;
      if (id) return id.jobId;
    }
  }
  return undefined;
}

function attachmentsOf({ picture, files = [] }: Post) {
  const described = picture ? [{ id: '0', description: picture.description }] : [];
  return {
    attachments: [...described, ...files.map((_, index) => ({ id: String(described.length + index) }))],
  };
}

/** `files[n]` of the multipart form, as the attachment with id n refers to it. */
function filesOf({ picture: attached, files = [] }: Post) {
  const texts = files.map(({ name, contentType, text }) => ({ name, contentType, data: Buffer.from(text) }));
  if (!attached) return texts.length > 0 ? { files: texts } : {};
  const { picture, name } = attached;
  const file = {
    data: Buffer.from(picture.bytes.buffer, picture.bytes.byteOffset, picture.bytes.byteLength),
    name: `${name}.${picture.format}`,
    contentType: `image/${picture.format}`,
  };
  return { files: [file, ...texts] };
}
