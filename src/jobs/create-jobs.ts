import { setMaxListeners } from 'node:events';
import { type PatientClock, systemClock } from '../clock.js';
import type { MessageRef } from '../contracts/job.js';
import { lastTick, listPictures } from '../ledger/job-lists.js';
import { findJob } from '../ledger/jobs.js';
import { findJobByMessage, insertCopy, insertMessage } from '../ledger/messages.js';
import type { Ledger } from '../ledger/open-ledger.js';
import { exportPerson } from '../ledger/person.js';
import { areReactionsForgotten, forgetReaction, noteReaction } from '../ledger/reactions.js';
import { listPersonalSettings } from '../ledger/settings.js';
import { statsSince } from '../ledger/stats.js';
import { listStepTimes } from '../ledger/step-times.js';
import { forgetUnwantedMessage, listUnwantedMessages } from '../ledger/unwanted-messages.js';
import { UnreadableRow } from '../ledger/unreadable-row.js';
import type { Logger } from '../log.js';
import { Line } from '../queue/line.js';
import type { Store } from '../store/store.js';
import type { Painter } from '../workers/painter.js';
import type { Jobs } from './api.js';
import type { JobsContext } from './context.js';
import type { CrashHook } from './crash-points.js';
import { Outbox } from './ending/outbox.js';
import { pictureOf } from './ending/picture-of.js';
import { DEFAULT_KEEP, type KeepLimits, keepTidy } from './keeping/housekeeping.js';
import { persist, sayingFull } from './keeping/persist.js';
import { acceptJob } from './line/accept-job.js';
import { allowanceOf } from './line/allowance.js';
import { DEFAULT_LIMITS, type JobLimits, limitsFor } from './line/limits.js';
import { nameUnreadable, restore } from './line/restore.js';
import { StepClock } from './line/step-clock.js';
import { positionOf, snapshotOf } from './line/views.js';
import { Listeners } from './listeners.js';
import { filmOf } from './painting/film.js';
import { paintJob } from './painting/paint-job.js';
import { PainterPool } from './painting/painter-pool.js';
import { cancelJob, discardJob, removeJob } from './ruling/control.js';
import { finishNow } from './ruling/finish-now.js';
import { forgetEverythingOf } from './ruling/forget-person.js';
import { messageDeleted } from './ruling/message-deleted.js';
import { moveInLine } from './ruling/move-in-line.js';
import { reportJob } from './ruling/report-job.js';
import { retryJob } from './ruling/retry-job.js';
import { scopeOf } from './ruling/rights.js';
import { clearLine, drainLine, prioritise, setPaused } from './ruling/rule-line.js';
import { banPerson, bansIn, logOf, setRule, unbanPerson } from './ruling/rule-people.js';
import { showAgain } from './ruling/show-again.js';

export interface JobsOptions {
  readonly ledger: Ledger;
  readonly store: Store;
  /** One a device, not started yet. */
  readonly painters: readonly Painter[];
  readonly log: Logger;
  readonly limits?: Partial<JobLimits>;
  /** How long pictures are kept, and how many bytes of them. */
  readonly keep?: KeepLimits;
  /** Lets go of what else is kept for a time; called as often as pictures are, with the time. */
  readonly alsoForget?: (now: number) => void;
  readonly clock?: PatientClock;
  readonly crashPoint?: CrashHook;
}

/** Builds the owner of all jobs; `start` sets it going. */
export async function createJobs(options: JobsOptions): Promise<Jobs> {
  const stop = new AbortController();
  // Every delivery that waits listens to it.
  setMaxListeners(0, stop.signal);
  const context = await createContext(options, stop.signal);
  const { ledger, store, line, pool, outbox, listeners, waiting, running } = context;
  const write = <T>(act: () => Promise<T>) => sayingFull(context, act);
  const skip = (row: UnreadableRow) => nameUnreadable(context, row);
  let stopTidying = () => Promise.resolve();
  const openLanes = () => line.setLanes(stop.signal.aborted ? 0 : pool.lanes);

  return {
    async start(publisher) {
      outbox.open(publisher);
      await restore(context);
      for (const painter of pool.painters) {
        painter.onChange(() => {
          openLanes();
          listeners.lineChanged();
        });
        painter.start();
      }
      if (context.closedBy === 'restarting') context.closedBy = null;
      openLanes();
      stopTidying = keepTidy(context, options.keep ?? DEFAULT_KEEP, options.alsoForget);
    },
    async stop() {
      stop.abort();
      line.setLanes(0);
      await Promise.all(pool.painters.map((painter) => painter.stop()));
      await Promise.all([line.onceIdle(), outbox.settled(), stopTidying()]);
    },
    close() {
      context.closedBy = 'expelled';
    },
    on: (listener) => listeners.add(listener),
    accept: (order) => acceptJob(context, order),
    find: (id) => naming(context, findJob(ledger, id)),
    findByMessage: (messageId) => naming(context, findJobByMessage(ledger, messageId)),
    rememberMessage: (id, message) => rememberMessage(context, id, message),
    rememberCopy: (id, message) => rememberCopy(context, id, message),
    async picture(id) {
      const job = await findJob(ledger, id);
      return job && pictureOf(store, job);
    },
    keepPicture: (bytes) => store.put(bytes),
    living(userId) {
      const all = [...running.values(), ...waiting.values()].map(({ job }) => job);
      return all.filter((job) => job.userId === userId);
    },
    allowance: (person) => allowanceOf(context, person),
    recent: (userId, limit) => listPictures(ledger, { userId, limit }, skip),
    latest: (limit) => listPictures(ledger, { limit }, skip),
    noteReaction: (messageId, userId) => noteReaction(ledger, messageId, userId),
    forgetReaction: (messageId, userId) => forgetReaction(ledger, messageId, userId),
    areReactionsForgotten: (messageId) => areReactionsForgotten(ledger, messageId),
    unwantedMessages: () => listUnwantedMessages(ledger),
    messageTakenAway: (messageId) => forgetUnwantedMessage(ledger, messageId),
    async film(id) {
      const name = (await findJob(ledger, id))?.result?.film;
      return name === undefined ? undefined : filmOf(store, name);
    },
    latestFrame: (id) => running.get(id)?.latestFrame,
    position: (id) => (waiting.has(id) ? positionOf(context, id) : undefined),
    snapshot: (scope) => snapshotOf(context, scope),
    finishNow: (id, actor) => write(() => finishNow(context, id, actor)),
    cancel: (id, actor) => write(() => cancelJob(context, id, actor)),
    discard: (id, actor) => write(() => discardJob(context, id, actor)),
    remove: (id, actor) => write(() => removeJob(context, id, actor)),
    clear: (actor) => write(() => clearLine(context, actor)),
    pause: async (actor) => void (await write(() => setPaused(context, actor, true))),
    drain: (actor) => write(() => drainLine(context, actor)),
    resume: (actor) => write(() => setPaused(context, actor, false)),
    move: (id, place, actor) => write(() => moveInLine(context, { id, place, actor })),
    moveToFront: (id, actor) =>
      write(() => prioritise(context, { id, actor }, (others) => Math.max(0, ...others) + 1)),
    setPriority: (id, priority, actor) => write(() => prioritise(context, { id, actor }, () => priority)),
    stats: ({ guildId, withinMs }) => statsSince(ledger, { guildId, from: context.clock.now() - withinMs }),
    export: (userId) => exportPerson(ledger, userId),
    forget: (userId) => write(() => forgetEverythingOf(context, userId)),
    messageDeleted: (messageId) => messageDeleted(context, messageId),
    report: (report, actor) => write(() => reportJob(context, report, actor)),
    retry: (id, actor) => retryJob(context, id, actor),
    showAgain: (id, actor) => write(() => showAgain(context, id, actor)),
    ban: (order, actor) => write(() => banPerson(context, order, actor)),
    unban: (userId, actor) => write(() => unbanPerson(context, userId, actor)),
    bans: (actor) => bansIn(context, actor),
    log: (query, actor) => logOf(context, query, actor),
    personalRules: (actor) => listPersonalSettings(ledger, scopeOf(actor)),
    rules: (holder) => limitsFor(ledger, { limits: context.limits, ...holder }),
    setRule: (change, actor) => write(() => setRule(context, change, actor)),
  };
}

/** What is asked for by somebody who is told that a row cannot be read, names it in the log, too. */
function naming<T>(context: JobsContext, asked: Promise<T>): Promise<T> {
  return asked.catch((error: unknown) => {
    if (error instanceof UnreadableRow) nameUnreadable(context, error);
    throw error;
  });
}

async function createContext(options: JobsOptions, stopping: AbortSignal): Promise<JobsContext> {
  const { ledger, store, painters, log, clock = systemClock, crashPoint = () => undefined } = options;
  const listeners = new Listeners(log);
  let tick = await lastTick(ledger);
  const nextTick = () => {
    tick += 1;
    return tick;
  };
  const onError = (error: unknown) => log.error({ err: error }, 'a lane failed');
  const context: JobsContext = {
    ledger,
    store,
    log,
    clock,
    crashPoint,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    line: new Line({ nextTurn: nextTick, onError }),
    pool: new PainterPool(painters),
    outbox: new Outbox({ ledger, store, clock, log, listeners, crashPoint, stopping }),
    listeners,
    steps: new StepClock(await listStepTimes(ledger)),
    waiting: new Map(),
    running: new Map(),
    pausedScopes: new Set(),
    unreadable: new Set(),
    closedBy: 'restarting',
    nextTick,
    paint: (id, turn) => paintJob(context, id, turn),
    stopping,
  };
  return context;
}

async function rememberMessage(context: JobsContext, id: string, message: MessageRef): Promise<void> {
  const { ledger, waiting, running } = context;
  const job = await persist(context, () =>
    ledger.transaction().execute((transaction) => insertMessage(transaction, id, message)),
  );
  const inMemory = waiting.get(id) ?? running.get(id);
  if (job !== undefined && inMemory !== undefined) {
    inMemory.job = { ...inMemory.job, message: job.message };
  }
}

async function rememberCopy(context: JobsContext, id: string, message: MessageRef): Promise<void> {
  const { ledger, listeners } = context;
  const isWanted = await persist(context, () =>
    ledger.transaction().execute((transaction) => insertCopy(transaction, id, message)),
  );
  if (!isWanted) listeners.emit({ type: 'unwanted' });
}
