import type { Job, MessageRef } from '../../contracts/job.js';
import type { EncodedPicture } from '../../contracts/picture.js';
import { UserError } from '../../errors.js';
import type { JobEnd, Jobs, Publisher } from '../../jobs/api.js';
import type { Answers } from '../asking/answers.js';
import type { ChannelEditor, Turn } from './channel-editor.js';
import type { FitPicture } from './fit-picture.js';
import { messageTrouble } from '../messages/message-errors.js';
import type { Messages } from '../messages/messages.js';
import { MessageLost, type PlacePost } from '../messages/place-post.js';
import { FILE_LIMIT_BYTES, SHOWN_SIDE } from '../messages/post.js';
import { renderJob } from './render-job.js';
import { textFor } from '../words/text.js';

/** Where Discord says a file is too large, it is made half as large, down to this. */
const SMALLEST_FILE_BYTES = 512 * 1024;
/** For picking up by hand; the buttons do the same. */
export const REACTIONS = { again: '🔁', remove: '❌' } as const;

export interface PublisherOptions {
  readonly jobs: Pick<Jobs, 'find'>;
  readonly editor: ChannelEditor;
  readonly place: PlacePost;
  readonly messages: Messages;
  readonly answers: Answers;
  readonly fitPicture: FitPicture;
  readonly onUploaded: (jobId: string) => void;
}

/** Shows how jobs ended, in their messages. */
export function createPublisher(options: PublisherOptions): Publisher {
  const { jobs, editor, place, messages, answers, fitPicture, onUploaded } = options;

  async function put(job: Job, picture: EncodedPicture | null, channelId?: string): Promise<MessageRef> {
    for (let maxBytes = FILE_LIMIT_BYTES; ; maxBytes /= 2) {
      const fitting = picture && (await fitPicture(picture, { maxBytes, minSide: SHOWN_SIDE, small: false }));
      const post = renderJob(job, { text: textFor(job.locale), picture: fitting ?? undefined });
      try {
        return await place({
          job,
          post,
          mayCreate: job.state !== 'cancelled',
          ...(channelId && { channelId }),
        });
      } catch (error) {
        if (messageTrouble(error).kind !== 'tooLarge' || !fitting || maxBytes <= SMALLEST_FILE_BYTES)
          throw error;
      }
    }
  }

  /** A finished picture whose channel is closed to us goes to its owner directly, so that it is not lost. */
  async function putDirectly(job: Job, picture: EncodedPicture): Promise<MessageRef> {
    return put(job, picture, await messages.directChannel(job.userId));
  }

  async function putSomewhere(job: Job, picture: EncodedPicture | null): Promise<MessageRef> {
    try {
      return await put(job, picture);
    } catch (error) {
      if (messageTrouble(error).kind !== 'closed' || !picture || job.guildId === null) throw error;
      return putDirectly(job, picture);
    }
  }

  /** As the end's row will stand, with whatever message is known by now. */
  async function ended({ job, picture }: JobEnd): Promise<Job> {
    await answers.settled(job.interactionId);
    const message = (await jobs.find(job.id))?.message ?? job.message;
    return { ...job, message, state: picture ? 'done' : job.state };
  }

  return {
    async publish(end, signal) {
      const channelId = end.job.message?.channelId ?? end.job.channelId;
      let ref: MessageRef | undefined;
      const show = async (): Promise<Turn> => {
        try {
          ref = await putSomewhere(await ended(end), end.picture);
          return 'sent';
        } catch (error) {
          const trouble = messageTrouble(error);
          if (trouble.kind === 'limited') return trouble;
          throw hopeless(error) ?? error;
        }
      };
      await editor.end({ channelId, jobId: end.job.id }, show, signal);
      if (!ref) throw new Error(`Expected a message that shows the end of job ${end.job.id}.`);
      onUploaded(end.job.id);
      if (end.picture) await addReactions(ref);
      return ref;
    },
  };

  async function addReactions(ref: MessageRef): Promise<void> {
    try {
      for (const emoji of Object.values(REACTIONS)) await messages.react(ref, emoji);
    } catch {
      // Without the permission, or when the message is gone already, the buttons must do.
    }
  }
}

/** The sentence for an end that can never be shown; undefined when another try may succeed. */
function hopeless(error: unknown): UserError | undefined {
  if (error instanceof MessageLost) return new UserError('The message was deleted.', { cause: error });
  const { kind } = messageTrouble(error);
  if (kind === 'closed') {
    return new UserError('The channel is gone, or I may not post there any more.', { cause: error });
  }
  if (kind === 'refused' || kind === 'tooLarge') {
    return new UserError('Discord did not take the picture.', { cause: error });
  }
  return undefined;
}
