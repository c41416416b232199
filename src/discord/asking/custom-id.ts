import { z } from 'zod';

/** What a button under a picture can ask for. */
export const BUTTON_VERBS = [
  'again',
  'retry',
  'cancel',
  'finish',
  'delete',
  'show',
  'review',
  'vary',
  'remix',
  'more',
  'enlarge',
  'film',
  'details',
  'direct',
  // Of the pictures of a sheet, in order: the picture itself, large, and others like it.
  'u1',
  'u2',
  'u3',
  'u4',
  'v1',
  'v2',
  'v3',
  'v4',
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

/** What a component under a command's answer asks the command for. */
export interface CommandId {
  readonly command: string;
  readonly wish: string;
}

const commandIdSchema = z
  .string()
  .max(100)
  .regex(/^v1:\/[a-z-]+:.+$/u)
  .transform((text): CommandId => {
    const [command = '', ...wish] = text.slice('v1:/'.length).split(':');
    return { command, wish: wish.join(':') };
  });

/** `v1:/<command>:<wish>`, for what stands under a command's own answer. */
export function formatCommandId({ command, wish }: CommandId): string {
  return `v1:/${command}:${wish}`;
}

export function parseCommandId(customId: string): CommandId | undefined {
  return commandIdSchema.safeParse(customId).data;
}
