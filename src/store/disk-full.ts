import { UserError } from '../errors.js';

/** No room to write: the job at hand fails with this sentence, the bot lives on. */
export class DiskFullError extends UserError {
  constructor(cause?: unknown) {
    super('The bot has no disk space left for pictures; its operator has to make room before it can paint.', {
      cause,
    });
  }
}

const CODES: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** The same error, or a `DiskFullError` when it says that there is no room. */
export function namingDiskFull(error: unknown): unknown {
  const isFull = error instanceof Error && 'code' in error && CODES.includes(error.code);
  return isFull ? new DiskFullError(error) : error;
}
