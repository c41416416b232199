/**
 * A mistake of the person at the keyboard. Its message is one sentence that names what was wrong and what would be
 * right; it is shown to them as it stands. Every other error is a fault of ours: logged, answered neutrally.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** The message of anything thrown, for logs and wrapping. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
