import { z } from 'zod';

/** What a button under a picture can ask for. */
export const BUTTON_VERBS = [
  'again',
  'retry',
  'cancel',
  'finish',
  'delete',
  'show',
  'vary',
  'remix',
  'more',
  'enlarge',
  'details',
  'direct',
] as const;
export type ButtonVerb = (typeof BUTTON_VERBS)[number];

export interface ButtonId {
  readonly verb: ButtonVerb;
  readonly jobId: string;
}

const buttonIdSchema = z
  .string()
  .max(100)
  .transform((text) => text.split(':'))
  .pipe(z.tuple([z.literal('v1'), z.enum(BUTTON_VERBS), z.string().regex(/^[0-9a-z]{16}$/)]))
  .transform(([, verb, jobId]): ButtonId => ({ verb, jobId }));

/** `v1:<verb>:<jobId>`: says all a click needs, so that a button works for ever, across restarts. */
export function formatButtonId({ verb, jobId }: ButtonId): string {
  return `v1:${verb}:${jobId}`;
}

/** Undefined for a button of another version, another program, or nobody's. */
export function parseButtonId(customId: string): ButtonId | undefined {
  return buttonIdSchema.safeParse(customId).data;
}
