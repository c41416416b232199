import { ButtonStyle, ComponentType } from 'discord.js';
import { hasEnded, type Job } from '../../contracts/job.js';
import { type ButtonVerb, formatButtonId } from '../asking/custom-id.js';
import type { ButtonRow } from '../messages/post.js';
import type { Text } from '../words/text.js';

const BUTTONS = {
  again: { emoji: '🔁', style: ButtonStyle.Primary },
  retry: { emoji: '🔁', style: ButtonStyle.Primary },
  cancel: { emoji: '❌', style: ButtonStyle.Secondary },
  finish: { emoji: '🏁', style: ButtonStyle.Secondary },
  delete: { emoji: '❌', style: ButtonStyle.Secondary },
  show: { emoji: '🖼️', style: ButtonStyle.Primary },
  review: { emoji: '🔎', style: ButtonStyle.Secondary },
  vary: { emoji: '🎨', style: ButtonStyle.Secondary },
  remix: { emoji: '✏️', style: ButtonStyle.Secondary },
  more: { emoji: '➕', style: ButtonStyle.Secondary },
  enlarge: { emoji: '🔍', style: ButtonStyle.Secondary },
  film: { emoji: '🎞️', style: ButtonStyle.Secondary },
  details: { emoji: 'ℹ️', style: ButtonStyle.Secondary },
  direct: { emoji: '✉️', style: ButtonStyle.Secondary },
} as const satisfies Record<ButtonVerb, { emoji: string; style: ButtonStyle }>;

type Rows = readonly (readonly ButtonVerb[])[];

/** What can be done with a job, in rows of at most five. */
const ROWS = {
  queued: [['cancel']],
  painting: [['finish', 'cancel']],
  finishing: [['cancel']],
  done: [
    ['again', 'vary', 'remix', 'more', 'enlarge'],
    ['film', 'details', 'direct', 'delete'],
  ],
  failed: [['retry', 'remix', 'delete']],
  cancelled: [['again', 'remix', 'delete']],
} as const satisfies Record<Job['state'], Rows>;

/**
 * A picture that Discord refused, or that was held back, is kept: it can be shown later. Of one that was removed nothing is
 * left to be painted again.
 */
function rowsOf({ state, result, reason, request }: Job): Rows {
  if (request.prompts.length === 0 && hasEnded({ state })) return [['delete']];
  if (state !== 'failed' || result === null) return ROWS[state];
  return [[reason?.kind === 'adult' ? 'review' : 'show', 'delete']];
}

/** The buttons under a job's message; each names the job. */
export const jobButtons = (job: Job, text: Text): ButtonRow[] => buttonRows(rowsOf(job), job, text);

/** What a moderator can do with a picture that was held back. */
export const reviewButtons = (job: Job, text: Text): ButtonRow[] =>
  buttonRows([['show', 'delete']], job, text);

function buttonRows(rows: Rows, { id: jobId }: Job, text: Text): ButtonRow[] {
  return rows.map((verbs) => ({
    type: ComponentType.ActionRow,
    components: verbs.map((verb) => ({
      type: ComponentType.Button,
      style: BUTTONS[verb].style,
      emoji: { name: BUTTONS[verb].emoji },
      label: text.buttons[verb],
      custom_id: formatButtonId({ verb, jobId }),
    })),
  }));
}
