import { ButtonStyle, ComponentType } from 'discord.js';
import { hasEnded, type Job } from '../../contracts/job.js';
import { begunBy } from '../../requests/sheet.js';
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
  u1: { emoji: '🔍', style: ButtonStyle.Secondary },
  u2: { emoji: '🔍', style: ButtonStyle.Secondary },
  u3: { emoji: '🔍', style: ButtonStyle.Secondary },
  u4: { emoji: '🔍', style: ButtonStyle.Secondary },
  v1: { emoji: '🎨', style: ButtonStyle.Secondary },
  v2: { emoji: '🎨', style: ButtonStyle.Secondary },
  v3: { emoji: '🎨', style: ButtonStyle.Secondary },
  v4: { emoji: '🎨', style: ButtonStyle.Secondary },
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
  if (state === 'done' && result !== null && request.count !== undefined) {
    return rowsOfSheet(begunBy(result.step, request));
  }
  if (state !== 'failed' || result === null) return ROWS[state];
  return [[reason?.kind === 'adult' ? 'review' : 'show', 'delete']];
}

/** A sheet is chosen from; what goes on with one painting is offered under the picture that was chosen. */
const rowsOfSheet = (pictures: number): Rows => [
  [...(['u1', 'u2', 'u3', 'u4'] as const).slice(0, pictures), 'again'],
  [...(['v1', 'v2', 'v3', 'v4'] as const).slice(0, pictures), 'remix'],
  ['film', 'details', 'direct', 'delete'],
];

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
