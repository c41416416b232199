import type { Job } from '../../contracts/job.js';
import type { EncodedPicture } from '../../contracts/picture.js';
import { formatPrompts } from '../../requests/prompt-syntax.js';
import type { JobPosition } from '../../jobs/api.js';
import { countdown, oneLine, quote, shorten } from '../words/markdown.js';
import { POST_LIMITS, type Post } from '../messages/post.js';
import { jobButtons } from './job-buttons.js';
import { wordsFor } from '../words/refusals.js';
import type { Text } from '../words/text.js';

/** How far a painting came. */
export interface Progress {
  readonly step: number;
  readonly steps: number;
  readonly endsAt: number | null;
}

/** What a job's message shows besides the job itself. */
export interface Circumstances {
  readonly text: Text;
  /** While it waits. */
  readonly position?: JobPosition | undefined;
  /** While it is painted. */
  readonly progress?: Progress | undefined;
  /** The newest frame, or the final picture. */
  readonly picture?: EncodedPicture | undefined;
  /** A line of its own before all else, in the place of the headline. */
  readonly note?: string;
  /** Leaves the prompt out, where Discord does not take its words. */
  readonly wordless?: boolean;
}

/** Escaping can double a prompt; the rest of a post needs less than 500 characters. */
const PROMPT_ROOM = POST_LIMITS.content - 500;
const BAR_CELLS = 12;
/** Paints where nothing else is installed, so that naming it would tell nobody anything. */
const EMBEDDED = 'pocket';

/** The message that shows a job, in any state of its life; the job's id is in it whatever the state. */
export function renderJob(job: Job, circumstances: Circumstances): Post {
  const { text, picture, note, wordless = false } = circumstances;
  const prompt = formatPrompts(job.request.prompts);
  const lines = [
    note ?? headline(job, circumstances),
    wordless ? `-# ${text.words}` : prompt && `> ${quote(prompt, PROMPT_ROOM)}`,
    `-# ${parameters(job, text).join(' · ')}`,
  ];
  return {
    content: lines.filter((line) => line !== '').join('\n'),
    rows: jobButtons(job, text),
    picture: picture
      ? {
          picture,
          name: `easel-${job.id}`,
          description: wordless ? '' : shorten(oneLine(prompt), POST_LIMITS.description),
        }
      : null,
  };
}

function headline(job: Job, { text, position, progress }: Circumstances): string {
  switch (job.state) {
    case 'queued': {
      const place = position
        ? [text.queued(position), startOf(position, text)].join(' · ')
        : text.queued({ position: 1, of: 1 });
      return `${place}\n${barFor(0)}`;
    }
    case 'painting':
    case 'finishing':
      return progress ? paintingLines(progress, text) : `${text.painting} · ${text.warmingUp}\n${barFor(0)}`;
    case 'done':
      return '';
    case 'failed':
      return text.failed(reasonOf(job, text));
    case 'cancelled':
      return text.cancelled(job.reason === null ? '' : reasonOf(job, text)).trim();
  }
}

function reasonOf(job: Job, text: Text): string {
  return job.reason === null ? text.noReason : wordsFor(text.refusals, job.reason);
}

function startOf({ paused, startsAt }: JobPosition, text: Text): string {
  if (paused) return text.heldBack;
  return startsAt === null ? text.startUnknown : text.starts(countdown(startsAt));
}

function paintingLines({ step, steps, endsAt }: Progress, text: Text): string {
  const share = steps === 0 ? 0 : Math.min(1, step / steps);
  const head = endsAt === null ? [text.painting] : [text.painting, text.ends(countdown(endsAt))];
  const way = text.progress({ percent: Math.floor(share * 100), step, steps });
  return `${head.join(' · ')}\n${barFor(share)} ${way}`;
}

function barFor(share: number): string {
  const filled = Math.floor(share * BAR_CELLS);
  return `\`${'█'.repeat(filled)}${'░'.repeat(BAR_CELLS - filled)}\``;
}

/** Who asked, and what one needs to ask for it again; the rest is told by *Details*. */
function parameters(job: Job, { parameters: words, stoppedEarly, finishedEarly }: Text): string[] {
  const { request, result } = job;
  // Nothing is known any more of what was asked for.
  if (job.reason?.kind === 'unreadable' && request.prompts.length === 0)
    return [`<@${job.userId}>`, words.job(job.id)];
  const facts = [
    `<@${job.userId}>`,
    words.seed(request.seed),
    ...(request.count === undefined ? [] : [words.pictures(request.count)]),
    words.steps(request.steps),
    words.size(request.width, request.height),
    ...(request.model === EMBEDDED ? [] : [`\`${request.model}\``]),
  ];
  if (job.state === 'done' && result) {
    if (result.ended === 'early') facts.push(stoppedEarly(result.step));
    if (result.ended === 'cancelled') facts.push(finishedEarly(result.step));
  }
  return [...facts, words.job(job.id)];
}
