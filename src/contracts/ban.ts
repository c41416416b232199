/** Somebody who may not paint, in a guild or everywhere. */
export interface Ban {
  /** A guild's id, or `*`. */
  readonly scope: string;
  readonly userId: string;
  readonly reason: string | null;
  readonly actorId: string;
  /** Epoch ms. */
  readonly at: number;
}
