/** What is written down when somebody with power does it, or when somebody reports a picture. */
export const DEEDS = [
  'remove',
  'delete',
  'finish',
  'release',
  'retry',
  'clear',
  'pause',
  'resume',
  'drain',
  'prioritise',
  'move',
  'ban',
  'unban',
  'set',
  'report',
] as const;
export type DeedName = (typeof DEEDS)[number];

/** A line of the audit log. */
export interface AuditEntry {
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  readonly actorId: string;
  readonly actorRole: string;
  readonly guildId: string | null;
  /** One of `DEEDS`, or what an earlier version called it. */
  readonly action: string;
  readonly jobId: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}
