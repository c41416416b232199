import type { Job, MessageRef } from '../../contracts/job.js';
import type { Clock } from '../../clock.js';
import { messageTrouble } from './message-errors.js';
import type { Messages } from './messages.js';
import type { Post } from './post.js';

/** A little less than the hour after which Discord limits edits harder: the edit must still arrive within it. */
const EDITABLE_MS = 58 * 60_000;

export interface PlacePostOptions {
  readonly messages: Messages;
  /** Discord's own: messages are as old as it says. */
  readonly clock: Pick<Clock, 'now'>;
  /** Called as soon as a message of the job is known that its row does not name. */
  readonly remember: (jobId: string, ref: MessageRef) => Promise<void>;
}

export interface Placement {
  readonly job: Job;
  readonly post: Post;
  /** The message that holds the post's picture already, so that it need not be sent again. */
  readonly pictureIn?: string | undefined;
  /** The message to answer to, should one be created. */
  readonly replyTo?: string | undefined;
  /** Elsewhere than in the job's own channel. */
  readonly channelId?: string;
  /** Whether a lost message is worth a new one. */
  readonly mayCreate?: boolean;
  /** Whether the known message refused to be changed, so that a new one takes its place. */
  readonly anew?: boolean;
}

/** Puts a post into a job's one message, wherever that is now. @returns where. */
export type PlacePost = (placement: Placement, signal?: AbortSignal) => Promise<MessageRef>;

/**
 * Edits the job's message; where none is known, or it is too old to be edited freely, looks for one in the channel that an
 * earlier process made but did not note, and only then writes a new one. The old one is taken away. Doing it twice
 * comes to the same.
 *
 * @throws MessageDeleted where somebody took the message away, who did not want to see it; else what discord.js throws.
 */
export function createPlacePost({ messages, clock, remember }: PlacePostOptions): PlacePost {
  const isEditable = (ref: MessageRef) => clock.now() - ref.createdAt < EDITABLE_MS;

  async function tryEdit(
    ref: MessageRef,
    { post, pictureIn }: Placement,
    signal?: AbortSignal,
  ): Promise<boolean> {
    try {
      const keepPicture = pictureIn === ref.messageId;
      await messages.edit(ref, post, { keepPicture, ...(signal && { signal }) });
      return true;
    } catch (error) {
      const { kind } = messageTrouble(error);
      if (kind === 'gone') throw new MessageDeleted(ref, { cause: error });
      if (kind === 'archived' || kind === 'tooOld') return false;
      throw error;
    }
  }

  async function findLost(channelId: string, jobId: string): Promise<MessageRef | undefined> {
    try {
      return await messages.find(channelId, jobId);
    } catch (error) {
      // Without Read Message History nothing can be found; the nonce still guards the next minutes.
      if (['closed', 'forbidden'].includes(messageTrouble(error).kind)) return undefined;
      throw error;
    }
  }

  return async (placement, signal) => {
    const { job, mayCreate = true, anew = false, replyTo } = placement;
    const channelId = placement.channelId ?? job.message?.channelId ?? job.channelId;
    const known = job.message?.channelId === channelId ? job.message : null;
    const isToBeEdited = known !== null && !anew && (isEditable(known) || !mayCreate);
    if (isToBeEdited && (await tryEdit(known, placement, signal))) return known;

    const found = await findLost(channelId, job.id);
    if (found && found.messageId !== known?.messageId && isEditable(found)) {
      if (await tryEdit(found, placement, signal)) {
        await remember(job.id, found);
        await discard(known);
        return found;
      }
    }
    if (!mayCreate) throw new MessageLost(`The message of job ${job.id} is gone.`);

    const nonce = nonceFor(job.id, known ?? found);
    const created = await messages.create({ channelId, nonce, replyTo }, placement.post, signal);
    await remember(job.id, created);
    for (const old of [known, found]) await discard(old);
    return created;
  };

  async function discard(ref: MessageRef | null | undefined): Promise<void> {
    // It may be gone already, and a leftover without a picture hurts nobody.
    if (ref) await messages.delete(ref).catch(() => {});
  }
}

/** The message is gone and its news is not worth a new one. */
export class MessageLost extends Error {
  override readonly name: string = 'MessageLost';
}

/** Somebody deleted the message. */
export class MessageDeleted extends MessageLost {
  override readonly name = 'MessageDeleted';
  readonly messageId: string;

  constructor({ messageId }: MessageRef, options?: ErrorOptions) {
    super(`The message ${messageId} was deleted.`, options);
    this.messageId = messageId;
  }
}

/**
 * 16 characters of the job and the last 8 of the message that is replaced: the same after a crash in between, another
 * than the replaced one's (under whose nonce Discord would give that one back), and at most 25 long.
 */
function nonceFor(jobId: string, replaced: MessageRef | null | undefined): string {
  return replaced ? `${jobId}-${replaced.messageId.slice(-8)}` : jobId;
}
