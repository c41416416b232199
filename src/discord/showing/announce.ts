import type { Job } from '../../contracts/job.js';
import type { JobEvent, Jobs } from '../../jobs/api.js';
import type { ChannelEditor } from './channel-editor.js';
import type { AlarmClock } from '../../clock.js';
import { isEnded } from './is-ended.js';
import { hasMoved } from './line-news.js';
import type { ShowProgress } from './show-progress.js';

/** Whose place in line is kept up to date in their message; others see their countdown run by itself. */
const PLACES_SHOWN = 10;
/** Many changes of the line come at once: they are looked at together. */
const LINE_PAUSE_MS = 1000;

export interface AnnouncerOptions {
  readonly jobs: Jobs;
  readonly editor: ChannelEditor;
  readonly progress: ShowProgress;
  readonly clock: AlarmClock;
}

/**
 * Tells the channel editor which messages have news, from what happens to jobs.
 *
 * @returns a function that ends it.
 */
export function announce({ jobs, editor, progress, clock }: AnnouncerOptions): () => void {
  let callOffLine: (() => void) | undefined;

  function touch(job: Job, urgency: 'start' | 'progress' | 'place'): void {
    const channelId = job.message?.channelId ?? job.channelId;
    // Frames come at the pace of the place, and so does what is told in between.
    const { everyMs: intervalMs = 0 } = job.request.frames;
    editor.touch({ channelId, jobId: job.id, intervalMs }, urgency);
  }

  /** Which scopes were held back when the line was last looked at. */
  let pauses = '';

  function lookAtLine(): void {
    callOffLine = undefined;
    const { waiting, paused, pausedGuilds } = jobs.snapshot({ limit: PLACES_SHOWN });
    for (const { job, ...position } of waiting) {
      const shown = progress.shownPosition(job.id);
      if (shown && hasMoved(shown, position, clock.now())) touch(job, 'place');
    }
    const now = [paused, ...pausedGuilds].join();
    if (now !== pauses) tellOfPause();
    pauses = now;
  }

  /** A pause concerns everybody whom it holds back, however far behind. */
  function tellOfPause(): void {
    for (const { job, paused } of jobs.snapshot({ limit: Number.MAX_SAFE_INTEGER }).waiting) {
      if ((progress.shownPosition(job.id)?.paused ?? false) !== paused) touch(job, 'place');
    }
  }

  function hear(event: JobEvent): void {
    switch (event.type) {
      case 'state':
        if (isEnded(event.job)) progress.forget(event.job.id);
        else if (event.job.state !== 'finishing') touch(event.job, 'start');
        return;
      case 'step':
        progress.note(event.job.id, event);
        touch(event.job, 'progress');
        return;
      case 'frame':
        touch(event.job, 'progress');
        return;
      case 'line':
        callOffLine ??= clock.after(LINE_PAUSE_MS, lookAtLine);
    }
  }

  const stopHearing = jobs.on(hear);
  return () => {
    stopHearing();
    callOffLine?.();
  };
}

/**
 * Shows the jobs that an earlier process accepted: whoever was told nothing before it died is told now. Call once,
 * after `jobs.start()`.
 */
export function announceInherited({ jobs, editor }: Pick<AnnouncerOptions, 'jobs' | 'editor'>): void {
  const { running, waiting } = jobs.snapshot({ limit: Number.MAX_SAFE_INTEGER });
  for (const { job } of [...running, ...waiting]) {
    if (!job.message) editor.touch({ channelId: job.channelId, jobId: job.id }, 'start');
  }
}
