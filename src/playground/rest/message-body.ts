import type { APIAllowedMentions, APIEmbed, APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { keepFile, type UploadedFile } from '../world/attachments.js';
import type { Attachment, MessageBody } from '../world/message.js';
import type { Channel, User } from '../world/places.js';
import type { World } from '../world/world.js';
import { refuse } from './error.js';
import { mentionsOf } from './mentions.js';

const MIB = 1024 * 1024;
/** Of one file, where no interaction allows more. */
export const FILE_BYTES = 10 * MIB;

/** The fields of every request that makes or changes a message, whatever its endpoint. */
export interface MessageRequest {
  readonly content?: string | null;
  readonly embeds?: readonly APIEmbed[] | null;
  readonly components?: readonly APIMessageTopLevelComponent[] | null;
  readonly attachments?: readonly AttachmentRequest[] | null;
  readonly allowed_mentions?: APIAllowedMentions | null;
  readonly flags?: number | null;
}

interface AttachmentRequest {
  readonly id: string | number;
  readonly filename?: string | null;
  readonly description?: string | null;
}

interface Composing {
  readonly request: MessageRequest;
  readonly files: ReadonlyMap<string, UploadedFile>;
  readonly channel: Channel;
  readonly author: User;
  readonly repliedTo?: User | undefined;
  /** Of a file, at most. */
  readonly fileBytes?: number;
  /** What it said before, when this is an edit: fields that are not given stay. */
  readonly before?: MessageBody;
}

/**
 * What a message says after a request.
 *
 * @throws Refusal 40005 for a file that is too big, 50006 when nothing would be left to show, 200000 for a word that the
 * guild's automatic moderation blocks.
 */
export function composeMessage(world: World, composing: Composing): MessageBody {
  const { request, files, before, channel, author, repliedTo, fileBytes = FILE_BYTES } = composing;
  for (const { bytes } of files.values()) if (bytes.length > fileBytes) throw refuse('tooLarge');
  const given = <T>(value: T | null | undefined, kept: T | undefined, empty: T) =>
    value === undefined ? (kept ?? empty) : (value ?? empty);
  const content = given(request.content, before?.content, '').trim();
  const body: MessageBody = {
    content,
    embeds: given(request.embeds, before?.embeds, []),
    components: given(request.components, before?.components, []),
    attachments: attachmentsAfter(world, composing),
    flags: request.flags ?? before?.flags ?? 0,
    mentions:
      before !== undefined && request.content === undefined
        ? before.mentions
        : mentionsOf(world, { content, allowed: request.allowed_mentions, channel, author, repliedTo }),
  };
  const isEmpty =
    content === '' && body.embeds.length + body.components.length + body.attachments.length === 0;
  if (isEmpty) throw refuse('emptyMessage');
  if (isBlocked(channel, content)) throw refuse('autoModerated');
  return body;
}

function isBlocked(channel: Channel, content: string): boolean {
  if (channel.kind === 'direct') return false;
  const said = content.toLowerCase();
  return channel.guild.blockedWords.some((word) => said.includes(word.toLowerCase()));
}

/**
 * New files are added. Of the old ones those stay that the `attachments` field names; all of them where a request has
 * no such field: that is how files pile up over edits.
 */
function attachmentsAfter(world: World, { request, files, before }: Composing): readonly Attachment[] {
  const entries = request.attachments;
  const described = new Map(entries?.map(({ id, description }) => [String(id), description ?? undefined]));
  const old = before?.attachments ?? [];
  const kept =
    entries === undefined || entries === null
      ? old
      : old
          .filter(({ id }) => described.has(id))
          .map((file) => ({ ...file, description: described.get(file.id) ?? file.description }));
  return [...kept, ...[...files].map(([n, file]) => keepFile(world, file, described.get(n)))];
}
