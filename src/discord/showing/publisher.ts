import type { Job, MessageRef } from '../../contracts/job.js';
import type { EncodedPicture } from '../../contracts/picture.js';
import { type RefusalKind, refused } from '../../contracts/refusal.js';
import type { JobEnd, Jobs, Publisher } from '../../jobs/api.js';
import type { Answers } from '../asking/answers.js';
import { type MessageTrouble, messageTrouble } from '../messages/message-errors.js';
import type { Messages } from '../messages/messages.js';
import { MessageDeleted, MessageLost, type PlacePost } from '../messages/place-post.js';
import { FILE_LIMIT_BYTES, SHOWN_SIDE } from '../messages/post.js';
import { textFor } from '../words/text.js';
import type { ChannelEditor, Turn } from './channel-editor.js';
import type { FitPicture } from './fit-picture.js';
import { type Circumstances, renderJob } from './render-job.js';

/** Where Discord says a file is too large, it is made half as large, down to this. */
const SMALLEST_FILE_BYTES = 512 * 1024;
/** For picking up by hand; the buttons do the same. */
export const REACTIONS = { again: '🔁', remove: '❌' } as const;
/** Puts a picture into its server's gallery. */
export const STAR = '⭐';

export interface PublisherOptions {
  readonly jobs: Pick<Jobs, 'find' | 'messageDeleted'>;
  readonly editor: ChannelEditor;
  readonly place: PlacePost;
  readonly messages: Messages;
  readonly answers: Answers;
  readonly fitPicture: FitPicture;
  readonly onUploaded: (jobId: string) => void;
}

interface Manner extends Pick<Circumstances, 'note' | 'wordless'> {
  readonly channelId?: string;
  readonly anew?: boolean;
}

/** How an end without a picture is told, the next way wherever Discord does not take the one before. */
const WAYS_TO_TELL: readonly Manner[] = [{}, { wordless: true }, { wordless: true, anew: true }];

/** Shows how jobs ended, in their messages. */
export function createPublisher(options: PublisherOptions): Publisher {
  const { jobs, editor, place, messages, answers, fitPicture, onUploaded } = options;

  async function put(
    job: Job,
    picture: EncodedPicture | null,
    { channelId, anew, ...wording }: Manner = {},
  ): Promise<MessageRef> {
    for (let maxBytes = FILE_LIMIT_BYTES; ; maxBytes /= 2) {
      const fitting = picture && (await fitPicture(picture, { maxBytes, minSide: SHOWN_SIDE, small: false }));
      const post = renderJob(job, { text: textFor(job.locale), picture: fitting ?? undefined, ...wording });
      try {
        return await place({
          job,
          post,
          mayCreate: job.state !== 'cancelled',
          ...(channelId && { channelId }),
          ...(anew && { anew }),
        });
      } catch (error) {
        if (messageTrouble(error).kind !== 'tooLarge' || !fitting || maxBytes <= SMALLEST_FILE_BYTES)
          throw error;
      }
    }
  }

  /** A picture is not shown without the words it was painted from; that it is not, is told in whatever way is taken. */
  async function putInWords(job: Job, picture: EncodedPicture | null): Promise<MessageRef> {
    const ways = picture ? WAYS_TO_TELL.slice(0, 1) : WAYS_TO_TELL;
    for (const [index, way] of ways.entries()) {
      try {
        return await put(job, picture, way);
      } catch (error) {
        const isRefused = ['blocked', 'refused'].includes(messageTrouble(error).kind);
        if (!isRefused || index === ways.length - 1) throw error;
      }
    }
    throw new Error('There is at least one way to tell an end.');
  }

  /** A finished picture whose channel is closed to us goes to its owner directly, so that it is not lost. */
  async function putSomewhere(job: Job, picture: EncodedPicture | null): Promise<MessageRef> {
    try {
      return await putInWords(job, picture);
    } catch (error) {
      const isShut = ['closed', 'forbidden'].includes(messageTrouble(error).kind);
      if (!isShut || !picture || job.guildId === null) throw error;
      return putDirectly(job, picture, error);
    }
  }

  async function putDirectly(job: Job, picture: EncodedPicture, shut: unknown): Promise<MessageRef> {
    const text = textFor(job.locale);
    const note = text.whyDirect(job.channelId);
    let ref: MessageRef;
    try {
      ref = await put(job, picture, { note, channelId: await messages.directChannel(job.userId) });
    } catch (error) {
      // Who takes no messages from us is told in the channel, if anywhere, why the picture is not there.
      throw ['limited', 'later'].includes(messageTrouble(error).kind) ? error : shut;
    }
    // What stands in the channel says so, where we may still write there.
    const { message } = job;
    if (message && message.channelId !== ref.channelId) {
      const post = renderJob(job, { text, note: text.sentDirectly });
      await messages.edit(message, post).catch(() => {});
    }
    return ref;
  }

  /** As the end's row will stand, with whatever message is known by now. */
  async function ended({ job, picture }: JobEnd): Promise<Job> {
    await answers.settled(job.causeId);
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
          if (error instanceof MessageDeleted) await jobs.messageDeleted(error.messageId);
          const trouble = messageTrouble(error);
          if (trouble.kind === 'limited') return trouble;
          throw hopeless(error, trouble) ?? error;
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

/** Why an end can never be shown, by the trouble it met; null where another try may succeed. */
const HOPELESS = {
  gone: 'messageGone',
  archived: 'channelClosed',
  tooOld: null,
  tooLarge: 'tooLarge',
  closed: 'channelClosed',
  forbidden: 'mayNotAttach',
  blocked: 'autoModerated',
  explicit: 'explicit',
  limited: null,
  later: null,
  refused: 'pictureRefused',
} as const satisfies Record<MessageTrouble['kind'], RefusalKind | null>;

function hopeless(error: unknown, { kind }: MessageTrouble): Error | undefined {
  if (error instanceof MessageLost) return refused('messageGone', { cause: error });
  const reason = HOPELESS[kind];
  return reason === null ? undefined : refused(reason, { cause: error });
}
