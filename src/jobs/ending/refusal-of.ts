import { type Refusal, RefusalError } from '../../contracts/refusal.js';
import { UserError } from '../../errors.js';
import { DiskFullError } from '../../store/disk-full.js';

/** What a person is told of something thrown: a mistake of theirs in its own words, anything else as a fault of ours. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof RefusalError) return error.refusal;
  if (error instanceof DiskFullError) return { kind: 'diskFull' };
  return error instanceof UserError ? { kind: 'said', sentence: error.message } : { kind: 'fault' };
}
