import type { Ban } from '../contracts/ban.js';
import type { AuditEntry } from '../contracts/deed.js';
import type { Job, JobState, MessageRef } from '../contracts/job.js';
import type { PaintRequest } from '../contracts/paint-request.js';
import type { PersonalData } from '../contracts/personal-data.js';
import type { EncodedPicture } from '../contracts/picture.js';
import type { Refusal } from '../contracts/refusal.js';
import type { Holder, RuleName, Rules } from '../contracts/rules.js';
import type { PainterState } from '../workers/painter.js';

/** Who asks. Rights are checked at the door (Discord's permissions); the scope of a right is checked in `jobs/`. */
export interface Actor {
  readonly userId: string;
  readonly guildId: string | null;
  /** A member rules their own jobs, a moderator those of their guild, an operator all. */
  readonly role: 'member' | 'moderator' | 'operator';
}

/** What the rules of a server ask of somebody who asks there. */
export interface Standing {
  readonly roleIds: readonly string[];
  /** The channel that a thread belongs to. */
  readonly parentChannelId: string | null;
  /** Whether the channel is for adults only. */
  readonly isAgeRestricted: boolean;
}

/** What a door hands in; `request` has passed `paintRequestSchema`. */
export interface JobOrder {
  /** Unique: the same one twice is the same job. */
  readonly causeId: string;
  readonly userId: string;
  readonly guildId: string | null;
  readonly channelId: string;
  /** What rules may ask about who asks and where; nothing is known when absent. */
  readonly standing?: Standing;
  readonly locale: string;
  /** 0 when absent. */
  readonly priority?: number;
  readonly request: PaintRequest;
  /** The job this one repeats. */
  readonly parentJob?: string;
  /** A state to go on from, by its name in the store; where it is gone, the painting begins anew. */
  readonly savedState?: string;
}

/** A place in line. */
export interface JobPosition {
  /** 1 is next. Jobs that a pause holds back stand behind all others until it ends. */
  readonly position: number;
  /** How many wait. */
  readonly of: number;
  /** When it is expected to start, epoch ms; null while paused or while nothing was ever measured. */
  readonly startsAt: number | null;
  readonly paused: boolean;
}

/** A job under a painter's hands. */
export interface RunningJob {
  readonly painter: string;
  readonly job: Job;
  readonly step: number;
  readonly steps: number;
  /** Null before the first step was timed. */
  readonly loss: number | null;
  readonly endsAt: number | null;
}

export interface WaitingJob extends JobPosition {
  readonly job: Job;
}

export interface PainterStatus {
  readonly name: string;
  readonly state: PainterState;
  readonly provider: string | null;
  readonly device: string | null;
}

/** Where is what, for `/queue`. */
export interface QueueSnapshot {
  readonly running: readonly RunningJob[];
  /** In the order in which they will start, the first `limit` of them. */
  readonly waiting: readonly WaitingJob[];
  readonly waitingTotal: number;
  readonly painters: readonly PainterStatus[];
  /** Whether everything is paused. */
  readonly paused: boolean;
  /** Guilds whose jobs are held back. */
  readonly pausedGuilds: readonly string[];
  /** Jobs whose rows could not be read since the start. */
  readonly unreadable: readonly string[];
}

/** What a person has asked for, and what they may. */
export interface Allowance {
  readonly waiting: number;
  readonly mostWaiting: number;
  /** Accepted within the last minute. */
  readonly lastMinute: number;
  readonly perMinute: number;
  /** Accepted here within 24 hours. */
  readonly today: number;
  /** Null where so many may be asked for that nobody comes near it. */
  readonly perDay: number | null;
  /** Why nothing more is accepted here from this person. */
  readonly refusal: Refusal | null;
}

/** Whether there was a ban in the actor's scope, and whether one for everywhere still holds there. */
export interface Unbanned {
  readonly wasBanned: boolean;
  readonly stillBanned: boolean;
}

export interface RuleChange<Name extends RuleName = RuleName> {
  readonly name: Name;
  readonly value: Rules[Name] | undefined;
  /** The only person for whom it is to hold. */
  readonly userId?: string;
}

export interface Forgotten {
  readonly pictures: number;
  readonly messages: readonly MessageRef[];
}

/** What was painted in a server. */
export interface Stats {
  readonly done: number;
  /** How many people had a picture painted. */
  readonly people: number;
  readonly failed: number;
  /** Half of the pictures waited at most so long before a painter began; null when none was begun. */
  readonly medianWaitMs: number | null;
}

export interface PersonalRules {
  readonly userId: string;
  readonly rules: Partial<Rules>;
}

/** What became of a picture taken back: its message will say `cancelled`, or is the caller's to delete. */
export type Discarded = 'cancelled' | 'released';

export interface BanOrder {
  readonly userId: string;
  /** A sentence for the person. */
  readonly reason?: string;
}

/**
 * What listeners hear. `state` comes after the row was committed; a step or frame is worth nothing once a newer one
 * came, so a slow listener may keep only the last.
 */
export type JobEvent =
  | { readonly type: 'state'; readonly job: Job; readonly from: JobState | null }
  | {
      readonly type: 'step';
      readonly job: Job;
      readonly step: number;
      readonly steps: number;
      readonly loss: number;
      readonly ms: number;
      /** Expected end, epoch ms. */
      readonly endsAt: number;
    }
  | { readonly type: 'frame'; readonly job: Job; readonly step: number; readonly picture: EncodedPicture }
  /** Messages were noted that are to be taken away. */
  | { readonly type: 'unwanted' }
  /** Places in line or start times changed (somebody started, left, joined, was moved, pause began or ended). */
  | { readonly type: 'line' }
  /** Somebody with power did something, or somebody reported a picture; it is in the audit log. */
  | { readonly type: 'deed'; readonly entry: AuditEntry };

export type JobListener = (event: JobEvent) => void;

/**
 * Shows a job's end to people; implemented by `discord/`. Called until it resolves once, again after a crash, never
 * twice at a time for one job: so it must be idempotent (the final is an *edit* of the job's message; only when that
 * is gone does it search the channel for the job id and then create, with the job id as nonce).
 *
 * @returns the message that now shows the end.
 * @throws UserError when it can never succeed (channel gone, no permission, refused): a finishing job then fails for that
 * reason, which is published in its turn; an ended one is let be. Anything else is tried again with growing pauses, for a day.
 */
export interface Publisher {
  publish(end: JobEnd, signal: AbortSignal): Promise<MessageRef>;
}

/** `finishing` with its picture (it becomes `done` when published), or `failed` / `cancelled`. */
export interface JobEnd {
  readonly job: Job;
  readonly picture: EncodedPicture | null;
}

/** The only owner of a job's life: every door asks it, painters report to it, the channel editor listens to it. */
export interface Jobs {
  /**
   * Rebuilds the line from the ledger, continues what was being painted from its stored state, publishes what was
   * finishing, then lets painters start. Nothing is accepted before.
   */
  start(publisher: Publisher): Promise<void>;
  /** Stops accepting, stores the state of what is being painted, and leaves; the rows stay as they are. */
  stop(): Promise<void>;
  /** Accepts nothing more: Discord will not have the bot any longer, and nobody would see what came of it. */
  close(): void;
  on(listener: JobListener): () => void;

  /**
   * Commits the job's row and then resolves. The same `causeId` again gives the same job.
   *
   * @throws UserError when a limit, a ban, the rerun rule (same person, same picture: once while queued) or a full disk
   * says no, or when stopping. While paused, jobs are accepted and wait.
   */
  accept(order: JobOrder): Promise<Job>;
  find(id: string): Promise<Job | undefined>;
  findByMessage(messageId: string): Promise<Job | undefined>;
  /** Notes a message that shows the job, as soon as its id is known; the newest is `job.message`. */
  rememberMessage(id: string, message: MessageRef): Promise<void>;
  /** Notes a message that shows the picture elsewhere: it is to be taken away with it, or at once where it is gone already. */
  rememberCopy(id: string, message: MessageRef): Promise<void>;
  /** The stored final picture; undefined before `finishing` or after it was let go. */
  picture(id: string): Promise<EncodedPicture | undefined>;
  /** Keeps a picture that a request will name. @returns its name. @throws DiskFullError. */
  keepPicture(bytes: Uint8Array): Promise<string>;
  /** A person's jobs that wait or are being painted, in no order; cheap however long the line is. */
  living(userId: string): readonly Job[];
  allowance(person: { readonly userId: string; readonly guildId: string | null }): Promise<Allowance>;
  /** A person's finished pictures, the newest first. */
  recent(userId: string, limit: number): Promise<readonly Job[]>;
  /** Everybody's finished pictures, the newest first. */
  latest(limit: number): Promise<readonly Job[]>;
  /** Notes that a person's 🔁 under a message was heard. @returns whether it was not before. */
  noteReaction(messageId: string, userId: string): Promise<boolean>;
  /** Takes such a note back, where what was asked for could not be done. */
  forgetReaction(messageId: string, userId: string): Promise<void>;
  /** Whether it is no longer known whose reactions to a message were heard. */
  areReactionsForgotten(messageId: string): Promise<boolean>;
  /** Messages of people who had everything deleted, and of pictures that were taken away, that may still stand in Discord. */
  unwantedMessages(): Promise<readonly MessageRef[]>;
  /** Notes that such a message is gone, or cannot be taken away. */
  messageTakenAway(messageId: string): Promise<void>;
  /** The frames of a finished picture, as files' bytes; undefined where none are kept. */
  film(id: string): Promise<readonly Uint8Array[] | undefined>;
  /** The newest frame of a running job in this process. */
  latestFrame(id: string): EncodedPicture | undefined;
  /** Undefined unless the job waits. */
  position(id: string): JobPosition | undefined;
  snapshot(options?: { readonly guildId?: string; readonly limit?: number }): QueueSnapshot;

  /**
   * Ends a queued, running or finishing job; a running painter stops within a step, and a picture that is being posted
   * is taken away again.
   *
   * @returns the job as it now stands (`cancelled`, or as it ended when that came first).
   * @throws UserError when there is no such job or it is not the actor's to cancel.
   */
  cancel(id: string, actor: Actor): Promise<Job>;
  /**
   * Takes a painting as it is now for finished; it ends within a step.
   *
   * @throws UserError when nothing is painted yet, or it has ended, and as `cancel` does.
   */
  finishNow(id: string, actor: Actor): Promise<Job>;
  /**
   * Takes a picture back, whatever became of it by now: a job that has not ended is cancelled, of one that has the
   * stored picture is let go. What is not the actor's own is written to the audit log.
   *
   * @throws UserError as `cancel` does.
   */
  discard(id: string, actor: Actor): Promise<Discarded>;
  /**
   * Somebody deleted the message that shows a job: it is cancelled, and neither its words nor its picture are kept.
   *
   * @returns the job as it was; undefined where the message is none of a job's, or not its newest.
   */
  messageDeleted(messageId: string): Promise<Job | undefined>;
  /**
   * Writes down that somebody finds something wrong with a picture.
   *
   * @throws UserError when they reported it before, or a lot just now.
   */
  report(report: { readonly id: string; readonly reason: string }, actor: Actor): Promise<AuditEntry>;
  /** `discard` for moderators and operators only. */
  remove(id: string, actor: Actor): Promise<Discarded>;
  /**
   * A job that failed, once more, for the person who asked for it; moderators and operators only.
   *
   * @throws UserError as `accept` does, and where it has not failed or its words are gone.
   */
  retry(id: string, actor: Actor): Promise<Job>;
  /**
   * Shows a picture that Discord did not take, or that was held back, as if it had just been painted. What was held back
   * only moderators may show; that is written to the audit log.
   *
   * @throws UserError when it is not the actor's, or no longer kept.
   */
  showAgain(id: string, actor: Actor): Promise<Job>;
  /** Cancels every *waiting* job in the actor's scope (guild; everything for an operator). @returns how many. */
  clear(actor: Actor): Promise<number>;
  /** Holds back waiting jobs of the actor's guild (everything for an operator); what is being painted goes on. */
  pause(actor: Actor): Promise<void>;
  /** Accepts nothing more in the actor's guild (anywhere for an operator) until `resume`; what waits is painted. */
  drain(actor: Actor): Promise<void>;
  /** @returns whether pictures of the scope still wait, because an operator has paused everything. */
  resume(actor: Actor): Promise<{ readonly stillHeld: boolean }>;
  /**
   * Gives a waiting job another place in line. Only jobs in the actor's scope exchange places for it: whoever waits in
   * other servers stands where they stood.
   *
   * @param place as `position` counts; the foremost of the scope's own places from there on, or the last.
   * @throws UserError when there is no such job, it no longer waits, or it is not the actor's to move.
   */
  move(id: string, place: number, actor: Actor): Promise<JobPosition>;
  /** Operators only: next of all that wait. */
  moveToFront(id: string, actor: Actor): Promise<Job>;
  /** Operators only. Higher classes start first; 0 is ordinary. */
  setPriority(id: string, priority: number, actor: Actor): Promise<Job>;
  /** Keeps a person from painting in the actor's guild (everywhere for an operator); what they have in line or in work there ends. */
  ban(ban: BanOrder, actor: Actor): Promise<void>;
  unban(userId: string, actor: Actor): Promise<Unbanned>;

  /** What was painted in a guild within a span of time. */
  stats(of: { readonly guildId: string; readonly withinMs: number }): Promise<Stats>;
  /** Everything that is kept of a person. */
  export(userId: string): Promise<PersonalData>;
  /**
   * Deletes everything of a person, what is being painted for them too; bans and what moderators did stay.
   *
   * @returns how many pictures were forgotten, and the messages that still show them.
   */
  forget(userId: string): Promise<Forgotten>;
  /** What was done and reported in the actor's guild (anywhere for an operator), the newest first; about one person when named. */
  log(
    query: { readonly limit: number; readonly userId?: string },
    actor: Actor,
  ): Promise<readonly AuditEntry[]>;
  /** People of the actor's guild for whom rules of their own hold. */
  personalRules(actor: Actor): Promise<readonly PersonalRules[]>;
  /** The bans of the actor's guild (those for everywhere for an operator), the newest first. */
  bans(actor: Actor): Promise<readonly Ban[]>;

  /** What holds in a guild, or in direct messages; for one person when named. */
  rules(holder: Holder): Promise<Rules>;
  /**
   * Sets a rule for the actor's guild, or for one person there; `undefined` gives the operator's value back.
   *
   * @throws UserError when it is not one, or beyond what the operator allows.
   */
  setRule<Name extends RuleName>(change: RuleChange<Name>, actor: Actor): Promise<void>;
}
