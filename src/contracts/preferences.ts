import { z } from 'zod';

/** How somebody wants to hear that a picture of theirs has ended. */
export const NOTICES = ['none', 'reply', 'direct'] as const;

/** Options of a picture that somebody can choose once for all. */
export const DEFAULTED = ['aspect', 'quality', 'style', 'model'] as const;
export type Defaulted = (typeof DEFAULTED)[number];

/** What a person chose for themselves; a value that is no longer offered is as if it were not chosen. */
export const preferencesSchema = z.object({
  notice: z.enum(NOTICES).default('none').catch('none'),
  defaults: z.partialRecord(z.enum(DEFAULTED), z.string()).default({}).catch({}),
});

export type Preferences = z.output<typeof preferencesSchema>;
