/**
 * A model file that cannot be used: truncated, inconsistent, or with something Easel does not support. The message is
 * one sentence that names the file and the place in it.
 */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}
