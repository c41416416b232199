/** Thrown by a folding rule for operands it leaves to the runtime (or to the runtime's complaint). */
export class NotFoldable extends Error {
  override readonly name = 'NotFoldable';
}
