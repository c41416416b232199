import { printable } from './printable.js';

/**
 * A model file that cannot be used: truncated, inconsistent, or with something Easel does not support. The message is
 * one sentence that names the file and the place in it.
 */
export class ModelError extends Error {
  override readonly name = 'ModelError';

  constructor(message: string, options?: ErrorOptions) {
    super(printable(message), options);
  }
}

/** What is wrong, for a person: where the engine itself gave up, that is about size or form, not about engines. */
export function reasonOf(cause: unknown): string {
  if (cause instanceof RangeError) return 'It asks for more than fits into memory.';
  if (cause instanceof TypeError) return 'It is not written as its operator demands.';
  return cause instanceof Error ? cause.message : String(cause);
}
