import type { Job } from '../../contracts/job.js';
import type { EncodedPicture } from '../../contracts/picture.js';
import type { JobPosition, Jobs } from '../../jobs/api.js';
import type { Answers } from '../asking/answers.js';
import type { Turn } from './channel-editor.js';
import type { Clock } from '../../clock.js';
import type { FitPicture } from './fit-picture.js';
import { hasMoved } from './line-news.js';
import { messageTrouble } from '../messages/message-errors.js';
import { MessageDeleted, type PlacePost } from '../messages/place-post.js';
import { FILE_LIMIT_BYTES, SHOWN_SIDE } from '../messages/post.js';
import { type Progress, renderJob } from './render-job.js';
import { textFor } from '../words/text.js';

/** How long a channel that refused us is left alone: each refusal counts towards a ban of our address. */
const REFUSED_PAUSE_MS = 5 * 60_000;
const LATER_PAUSE_MS = 5000;

export interface ShowProgressOptions {
  readonly jobs: Jobs;
  readonly place: PlacePost;
  readonly answers: Answers;
  readonly fitPicture: FitPicture;
  readonly clock: Clock;
  readonly onFramePosted: (jobId: string) => void;
}

export interface ShowProgress {
  /** What the next `show` says about a painting's way. */
  note(jobId: string, progress: Progress): void;
  /** Shows a waiting or running job as it stands now, if that differs from what its message shows. */
  show(jobId: string): Promise<Turn>;
  /** Notes that an answer to an interaction shows the job like this. */
  shown(jobId: string, answer: Omit<Shown, 'frame'>): void;
  forget(jobId: string): void;
  /** The place that the job's message tells, if it told one. */
  shownPosition(jobId: string): JobPosition | undefined;
}

interface Shown {
  readonly messageId: string;
  readonly content: string;
  readonly frame: EncodedPicture | undefined;
  /** As the content tells it, which may be another by now. */
  readonly position: JobPosition | undefined;
}

/** Shows jobs on their way: place in line, then the newest frame, bar, loss and time left. */
export function createShowProgress(options: ShowProgressOptions): ShowProgress {
  const { jobs, place, answers, fitPicture, clock, onFramePosted } = options;
  const progress = new Map<string, Progress>();
  const shown = new Map<string, Shown>();
  /** By channel or job. */
  const quietUntil = new Map<string, number>();

  async function findAnswered(jobId: string): Promise<Job | undefined> {
    const job = await jobs.find(jobId);
    if (!job) return undefined;
    await answers.settled(job.causeId);
    return jobs.find(jobId);
  }

  async function show(jobId: string): Promise<Turn> {
    const job = await findAnswered(jobId);
    if (!job || !['queued', 'painting'].includes(job.state)) return 'unchanged';
    const now = clock.monotonic();
    const isQuiet = [job.channelId, job.id].some((key) => (quietUntil.get(key) ?? 0) > now);
    if (isQuiet) return 'unchanged';
    try {
      return await showChanged(job);
    } catch (error) {
      if (error instanceof MessageDeleted) {
        await jobs.messageDeleted(error.messageId);
        return 'unchanged';
      }
      const trouble = messageTrouble(error);
      if (trouble.kind === 'limited') return trouble;
      if (trouble.kind === 'later') return { waitMs: LATER_PAUSE_MS, everywhere: false };
      // What is wrong with one post is wrong with no other.
      const isChannel = ['closed', 'forbidden'].includes(trouble.kind);
      quietUntil.set(isChannel ? job.channelId : job.id, clock.monotonic() + REFUSED_PAUSE_MS);
      throw error;
    }
  }

  async function showChanged(job: Job): Promise<Turn> {
    const before = shown.get(job.id);
    const frame = job.state === 'painting' ? jobs.latestFrame(job.id) : undefined;
    const position = jobs.position(job.id);
    if (before?.position && position && !hasMoved(before.position, position, clock.now())) return 'unchanged';
    const view = { text: textFor(job.locale), position, progress: progress.get(job.id) };
    const { content } = renderJob(job, view);
    if (before?.content === content && before.frame === frame) return 'unchanged';

    // An earlier process may have shown a frame that this one does not hold.
    const pictureIn = frame && before?.frame !== frame ? undefined : job.message?.messageId;
    const picture =
      frame && (await fitPicture(frame, { maxBytes: FILE_LIMIT_BYTES, minSide: SHOWN_SIDE, small: true }));
    const post = renderJob(job, { ...view, picture });
    const replyTo = job.parentJob === null ? undefined : (await jobs.find(job.parentJob))?.message;
    const ref = await place({
      job,
      post,
      pictureIn,
      replyTo: replyTo?.channelId === job.channelId ? replyTo.messageId : undefined,
    });
    shown.set(job.id, { messageId: ref.messageId, content, frame, position });
    if (frame && before?.frame !== frame) onFramePosted(job.id);
    return 'sent';
  }

  return {
    show,
    note: (jobId, news) => progress.set(jobId, news),
    shown: (jobId, answer) => shown.set(jobId, { ...answer, frame: undefined }),
    forget(jobId) {
      progress.delete(jobId);
      shown.delete(jobId);
      quietUntil.delete(jobId);
    },
    shownPosition: (jobId) => shown.get(jobId)?.position,
  };
}
