import { ButtonStyle, ComponentType } from 'discord.js';
import type { Job } from '../../contracts/job.js';
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
  vary: { emoji: '🎨', style: ButtonStyle.Secondary },
  remix: { emoji: '✏️', style: ButtonStyle.Secondary },
  more: { emoji: '➕', style: ButtonStyle.Secondary },
  enlarge: { emoji: '🔍', style: ButtonStyle.Secondary },
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
    ['details', 'direct', 'delete'],
  ],
  failed: [['retry', 'remix']],
  cancelled: [['again', 'remix']],
} as const satisfies Record<Job['state'], Rows>;

/** A picture that Discord refused is kept: it can be shown later, when whatever forbade it has ended. */
function rowsOf({ state, result }: Job): Rows {
  return state === 'failed' && result !== null ? [['show', 'delete']] : ROWS[state];
}

/** The buttons under a job's message; each names the job. */
export function jobButtons(job: Job, text: Text): ButtonRow[] {
  return rowsOf(job).map((verbs) => ({
    type: ComponentType.ActionRow,
    components: verbs.map((verb) => ({
      type: ComponentType.Button,
      style: BUTTONS[verb].style,
      emoji: { name: BUTTONS[verb].emoji },
      label: text.buttons[verb],
      custom_id: formatButtonId({ verb, jobId: job.id }),
    })),
  }));
}
