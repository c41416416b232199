import { RefusalError } from '../../contracts/refusal.js';
import { UserError } from '../../errors.js';
import { complain, RequestError } from '../../requests/complaint.js';
import { wordsFor } from './refusals.js';
import type { Text } from './text.js';

/** What somebody is told of something thrown. */
export function sentenceFor(error: unknown, text: Text): string {
  if (error instanceof RefusalError) return wordsFor(text.refusals, error.refusal);
  if (error instanceof RequestError) return complain(text.complaints, error.complaint);
  return error instanceof UserError ? error.message : text.fault;
}
