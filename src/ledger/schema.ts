import type { Kysely, Transaction } from 'kysely';
import type { JobState } from '../contracts/job.js';

/**
 * The ledger's tables. Only text, integer, bigint and real; JSON as text, times as epoch ms, truth values as 0 and 1:
 * what SQLite and Postgres read alike.
 */
export interface LedgerTables {
  readonly jobs: JobsTable;
  readonly job_messages: JobMessagesTable;
  readonly audit: AuditTable;
  readonly settings: SettingsTable;
  readonly bans: BansTable;
  readonly preferences: PreferencesTable;
  readonly heard_reactions: HeardReactionsTable;
  readonly step_times: StepTimesTable;
  readonly unwanted_messages: UnwantedMessagesTable;
}

export interface JobsTable {
  id: string;
  cause_id: string;
  user_id: string;
  guild_id: string | null;
  channel_id: string;
  /** 1 when its channel was for adults only. */
  age_restricted: number;
  locale: string;
  /** JSON, a `PaintRequest`. */
  request: string;
  parent_job: string | null;
  state: JobState;
  priority: number;
  /** The turn clock at acceptance, or that of the seat in line it was given. */
  sequence: number;
  /** Whose turn it takes; its own person's when null. */
  turn_of: string | null;
  /** The turn clock when it left the line. */
  turn: number | null;
  /** How often a painter began it. */
  attempts: number;
  /** How many painters died of it. */
  deaths: number;
  /** The saved state to continue from, by its name in the store. */
  saved_state: string | null;
  reason: string | null;
  /** JSON, a `JobResult`. */
  result: string | null;
  /** JSON, the newest `MessageRef`. */
  message: string | null;
  /** 1 once the job's end stands in its message. */
  announced: number;
  accepted_at: number;
  started_at: number | null;
  ended_at: number | null;
}

export interface JobMessagesTable {
  message_id: string;
  channel_id: string;
  job_id: string;
  created_at: number;
}

export interface AuditTable {
  id: string;
  at: number;
  actor_id: string;
  actor_role: string;
  guild_id: string | null;
  action: string;
  job_id: string | null;
  /** JSON. */
  detail: string;
}

export interface SettingsTable {
  /** A guild's id, or `*` for everything; with `/` and a person's id behind it where it holds for them alone. */
  scope: string;
  name: string;
  /** JSON. */
  value: string;
}

export interface BansTable {
  /** A guild's id, or `*` for everywhere. */
  scope: string;
  user_id: string;
  reason: string | null;
  actor_id: string;
  at: number;
}

export interface PreferencesTable {
  user_id: string;
  /** JSON, `Preferences`. */
  value: string;
}

export interface HeardReactionsTable {
  message_id: string;
  user_id: string;
}

/** What is still to be taken away in Discord; nothing says any more whose it was. */
export interface UnwantedMessagesTable {
  message_id: string;
  channel_id: string;
  created_at: number;
}

export interface StepTimesTable {
  /** Model, size and cutouts: what a step's time depends on. */
  kind: string;
  ms: number;
}

export type LedgerDatabase = Kysely<LedgerTables> | Transaction<LedgerTables>;

/** The scope of settings and bans that hold everywhere. */
export const EVERYWHERE = '*';
