/** Bytes that a set of graphs holds while it is open. */
export interface MemoryNeed {
  /** For their constants, whatever the size of what they compute. */
  readonly weights: number;
  /** For what they compute; grows about as its area. */
  readonly values: number;
}
