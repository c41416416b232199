import { z } from 'zod';

/** Bounds of the words in a request. */
export const PROMPT_LIMITS = { characters: 1000, prompts: 16 } as const;

/** How much a prompt counts: towards it above 0, away from it below. */
export const promptWeight = z
  .number()
  .refine((value) => Number.isFinite(value) && value !== 0, 'a number other than 0');
