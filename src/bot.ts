import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { commands, menus } from '../commands/index.js';
import type { Config } from './config.js';
import { type BotClock, systemClock } from './clock.js';
import type { PainterSettings } from './contracts/painter-messages.js';
import { createDiscord } from './discord/create-discord.js';
import { SHOWN_SIDE } from './discord/messages/post.js';
import { cutFromSheet } from './images/cut-from-sheet.js';
import { fitPicture } from './images/fit-picture.js';
import { makeFilm } from './images/make-film.js';
import { sweepWorkshop } from './installer/install/workshop.js';
import type { Jobs } from './jobs/api.js';
import type { CrashHook } from './jobs/crash-points.js';
import { createJobs } from './jobs/create-jobs.js';
import { DAY_MS, DEFAULT_KEEP } from './jobs/keeping/housekeeping.js';
import { lockFolder } from './ledger/instance-lock.js';
import { openLedger } from './ledger/open-ledger.js';
import { findPreferences, setPreferences } from './ledger/preferences.js';
import { forgetCopies } from './ledger/schema-copies.js';
import type { Logger } from './log.js';
import { createMetrics } from './operations/metrics.js';
import { readinessTroubles } from './operations/readiness-troubles.js';
import { serveHealth } from './operations/serve-health.js';
import { packageVersion } from './package-root.js';
import { openToOthers } from './private-files.js';
import { composerFor } from './requests/compose-request.js';
import { Store } from './store/store.js';
import { expectFit } from './workers/expect-fit.js';
import { ForkedPainter } from './workers/forked-painter.js';
import type { Painter } from './workers/painter.js';
import { installedModels } from './zoo/installed-models.js';
import { loadModel } from './zoo/load-model.js';

/** The most models that a painter keeps ready; each costs its weights and graphs in memory. */
const WARM_MODELS = 4;

/** How long the ledger stays as it was before an upgrade: time enough to go back, not to keep what was deleted. */
const LONGEST_COPY_MS = 14 * DAY_MS;

export interface BotOptions {
  readonly config: Config;
  readonly log: Logger;
  /** Processes of the program's own, as many as the settings say, when absent. */
  readonly painters?: readonly Painter[];
  /** Hears when Discord will not have the bot any more: nothing is accepted then, and all that is left is to stop. */
  readonly onExpelled: (error: Error) => void;
  /** Calls off a start that waits for Discord. */
  readonly signal?: AbortSignal;
  /** Called at the named points of a job's life, for crash tests. */
  readonly crash?: CrashHook;
  /** The system's time when absent. */
  readonly clock?: BotClock;
}

export interface Bot {
  /** The link that invites the bot to a server. */
  readonly inviteUrl: string;
  readonly jobs: Jobs;
  /** Saves what is being painted, finishes the answers under way, and lets everything go. */
  stop(): Promise<void>;
}

/**
 * Builds the bot and sets it going: lock, ledger, store, jobs, Discord, in this order; what was opened is closed again
 * when a later part fails.
 *
 * @throws UserError for a wrong token, a model that is not there or does not open, a device that cannot work, or a second bot on one
 *   data folder.
 */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { config, log, onExpelled, crash = () => {}, clock = systemClock } = options;
  const { signal = new AbortController().signal } = options;
  const { painters = createPainters(config, log) } = options;
  const closers: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    closers.push(lockFolder(config.dataDir));
    warnOfOpenData(config.dataDir, log);
    const left = await sweepWorkshop(config.dataDir);
    if (left.length > 0) log.info({ left }, 'removed what interrupted installations of models left');
    const ledgerFile = join(config.dataDir, 'ledger.db');
    const ledger = await openLedger(ledgerFile);
    closers.push(() => ledger.destroy());
    const store = await Store.open({ folder: config.dataDir });
    const models = installedModels(config.dataDir);
    const model = await loadModel({ name: config.painting.model, dataDir: config.dataDir });
    if (options.painters === undefined) {
      await expectFit({ settings: painterSettings(config), model, signal });
    }
    const maxAgeMs = config.limits.retentionDays * DAY_MS;
    const jobs = await createJobs({
      ledger,
      store,
      painters,
      log,
      limits: {
        waitingPerUser: config.limits.queuedPerUser,
        waitingPerServer: config.limits.queuedPerServer,
        waiting: config.limits.queued,
        perMinute: config.limits.perMinute,
        maxSteps: config.limits.steps,
        maxSide: config.limits.side,
        frameSeconds: config.discord.editIntervalMs / 1000,
        retentionDays: config.limits.retentionDays,
        adultLimit: config.limits.adult,
        words: config.limits.words,
      },
      keep: { ...DEFAULT_KEEP, maxAgeMs },
      alsoForget: (now) => forgetCopies(ledgerFile, now - Math.min(maxAgeMs, LONGEST_COPY_MS)),
      crashPoint: crash,
      clock,
    });
    const metrics = createMetrics({ jobs, freeBytes: () => store.freeBytes(), version: packageVersion() });
    closers.push(() => metrics.close());
    const requests = composerFor(
      { ...models, byDefault: model.manifest.name },
      {
        maxSteps: config.limits.steps,
        maxSide: config.limits.side,
        // As often as a channel could show one.
        frames: { everyMs: config.discord.editIntervalMs },
        shownSide: SHOWN_SIDE,
      },
    );
    const discord = createDiscord({
      ...config.discord,
      commands,
      menus,
      jobs,
      requests,
      unknownWords: models.unknownWords,
      fitPicture,
      makeFilm,
      cutFromSheet,
      preferences: {
        find: (userId) => findPreferences(ledger, userId),
        set: (userId, preferences) => setPreferences(ledger, userId, preferences),
      },
      staff: config.moderation,
      maxSteps: config.limits.steps,
      clock,
      log,
      crash,
      onRequest: (outcome) => metrics.observeRequest(outcome),
      onExpelled,
    });
    if (config.http !== null) {
      const troubles = () => readinessTroubles({ isConnected: discord.isConnected(), painters });
      const server = await serveHealth({ ...config.http, metrics, troubles });
      closers.push(() => server.close());
      log.info({ ...config.http }, 'health and metrics are served');
    }
    closers.push(() => discord.close());
    closers.push(() => jobs.stop());
    const inviteUrl = await discord.connect(signal);
    await jobs.start(discord.publisher);
    discord.open();
    return { inviteUrl, jobs, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A folder that was there already may be meant to be shared: its mode is for its owner to change. */
function warnOfOpenData(folder: string, log: Logger): void {
  const mode = openToOthers(folder);
  if (mode === undefined) return;
  log.warn(
    { folder, mode },
    'others on this machine can get into the data folder; chmod 700 closes it to them',
  );
}

/** Painter processes, not started yet. */
export function createPainters(config: Config, log: Logger): ForkedPainter[] {
  return Array.from(
    { length: config.painting.painters },
    (_, index) => new ForkedPainter({ name: `painter ${index + 1}`, settings: painterSettings(config), log }),
  );
}

/** On one machine painters share its cores unless told otherwise. */
function painterSettings({ painting, dataDir }: Config): PainterSettings {
  const { provider, painters } = painting;
  const threads = painting.threads || Math.max(1, Math.floor(availableParallelism() / painters));
  return { provider, threads, dataDir, cacheDir: join(dataDir, 'cache'), warmModels: WARM_MODELS };
}
