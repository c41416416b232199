import type { Job } from '../../contracts/job.js';
import { refused } from '../../contracts/refusal.js';
import { type PaintRequest, picturesIn } from '../../contracts/paint-request.js';
import { moveJob, noteJob } from '../../ledger/jobs.js';
import type { Painter, PaintOutcome, PaintProgress } from '../../workers/painter.js';
import { Checkpoints } from './checkpoints.js';
import type { JobsContext, Running } from '../context.js';
import { fail } from '../ending/end-job.js';
import { refusalOf } from '../ending/refusal-of.js';
import { expectDecentWords } from '../line/expect-decent-words.js';
import { enterLine } from '../line/enter-line.js';
import { expectModest, expectNotBanned } from '../line/expect-allowed.js';
import { adultLimitOf, limitsFor } from '../line/limits.js';
import { persist } from '../keeping/persist.js';
import { Film } from './film.js';
import { isHeldBack } from './is-held-back.js';
import { settleOutcome } from './settle-outcome.js';

/**
 * A job's time on a lane, from its turn in line until the lane is free again. It never throws because of the job:
 * whatever goes wrong with it becomes its end.
 */
export async function paintJob(context: JobsContext, id: string, turn: number): Promise<void> {
  const job = context.waiting.get(id)?.job;
  context.waiting.delete(id);
  context.listeners.lineChanged();
  if (job === undefined) throw new Error(`Expected job ${id} to have stood in line.`);
  const painter = context.pool.take();
  if (painter === undefined) {
    enterLine(context, job);
    return;
  }
  // Known as running before anything is awaited, so that a cancel finds whom to tell.
  const running: Running = {
    job,
    painter: painter.name,
    cancel: new AbortController(),
    finishEarly: new AbortController(),
    adultLimit: 0,
    step: 0,
    loss: null,
    stepMs: undefined,
    latestFrame: undefined,
    film: new Film(),
  };
  context.running.set(id, running);
  try {
    const claimed = await claim(context, running.job, turn);
    if (claimed === undefined) return;
    running.job = claimed;
    const outcome = await paint(context, { running, painter });
    context.running.delete(id);
    await settleOutcome(context, running, outcome);
  } catch (error) {
    if (context.stopping.aborted) return;
    context.log.error({ err: error, job: id }, 'painting a job failed');
    await fail(context, id, refusalOf(error));
  } finally {
    context.running.delete(id);
    context.pool.giveBack(painter);
    context.line.setLanes(context.stopping.aborted ? 0 : context.pool.lanes);
  }
}

/** Moves the row to `painting`; undefined when somebody ended the job first. */
async function claim(context: JobsContext, job: Job, turn: number): Promise<Job | undefined> {
  const { ledger, clock, listeners, crashPoint } = context;
  const attempts = job.attempts + 1;
  const claimed = await persist(context, () =>
    job.state === 'queued'
      ? moveJob(ledger, job.id, { to: 'painting', turn, startedAt: clock.now(), attempts })
      : noteJob(ledger, job.id, { states: ['painting'], note: { attempts } }),
  );
  if (claimed === undefined) return undefined;
  listeners.emit({ type: 'state', job: claimed, from: job.state });
  crashPoint('painting', job.id);
  return claimed;
}

async function paint(
  context: JobsContext,
  { running, painter }: { readonly running: Running; readonly painter: Painter },
): Promise<PaintOutcome> {
  const { ledger, store, stopping, log } = context;
  const { id, request, savedState } = running.job;
  // The rules may have changed since it was accepted.
  const limits = await limitsFor(ledger, { limits: context.limits, ...running.job });
  expectDecentWords(request, limits);
  expectModest(request, limits);
  await expectNotBanned(ledger, running.job);
  running.adultLimit = adultLimitOf(limits, running.job);
  const images = await imagesOf(context, request);
  const state = savedState === null ? undefined : await store.get(savedState);
  if (savedState !== null && state === undefined)
    log.warn({ job: id }, 'the saved state is gone; beginning anew');
  // A stop that came while files were read found no painting to save.
  if (stopping.aborted) return { type: 'stopped' };
  const checkpoints = new Checkpoints(context, running);
  try {
    return await painter.paint({
      job: id,
      request,
      images,
      ...(running.adultLimit < 1 && { adultLimit: running.adultLimit }),
      ...(state && { state }),
      signal: AbortSignal.any([running.cancel.signal, running.finishEarly.signal]),
      onProgress: (progress) => report(context, running, progress),
      onState: (saved) => checkpoints.save(saved),
    });
  } finally {
    await checkpoints.settled();
  }
}

async function imagesOf({ store }: JobsContext, request: PaintRequest): Promise<Map<string, Uint8Array>> {
  const images = new Map<string, Uint8Array>();
  for (const { image } of picturesIn(request)) {
    const bytes = await store.get(image);
    if (bytes === undefined) throw refused('imageGone');
    images.set(image, bytes);
  }
  return images;
}

/** Tells listeners what a painter reported, unless the job has ended meanwhile. */
function report(context: JobsContext, running: Running, progress: PaintProgress): void {
  const { steps, clock, listeners } = context;
  if (running.cancel.signal.aborted) return;
  const { job } = running;
  if (progress.type === 'frame') {
    if (isHeldBack(progress.picture, running)) return;
    running.latestFrame = progress.picture;
    running.film.add(progress.picture);
    listeners.emit({ type: 'frame', job, step: progress.step, picture: progress.picture });
  } else if (progress.type === 'step') {
    running.step = progress.step;
    running.loss = progress.loss;
    running.stepMs = steps.note(job.request, progress.ms);
    const endsAt = clock.now() + running.stepMs * (progress.steps - progress.step);
    listeners.emit({ ...progress, job, endsAt });
  }
}
