import { RefusalError } from '../../contracts/refusal.js';
import { UserError } from '../../errors.js';
import { wordsFor } from './refusals.js';
import type { Text } from './text.js';

/** What somebody is told of something thrown. */
export function sentenceFor(error: unknown, text: Text): string {
  if (error instanceof RefusalError) return wordsFor(text.refusals, error.refusal);
  return error instanceof UserError ? error.message : text.fault;
}
