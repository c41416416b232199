import type { Job, JobResult } from '../../contracts/job.js';
import type { Refusal } from '../../contracts/refusal.js';
import { type JobNote, noteJob } from '../../ledger/jobs.js';
import { setStepTime } from '../../ledger/step-times.js';
import type { PaintOutcome } from '../../workers/painter.js';
import type { JobsContext, Running } from '../context.js';
import { dropResult, dropState } from '../keeping/drop-file.js';
import { endPainting, fail } from '../ending/end-job.js';
import { enterLine } from '../line/enter-line.js';
import { persist } from '../keeping/persist.js';
import { isHeldBack } from './is-held-back.js';
import { stepKind } from '../line/step-clock.js';

type Done = Extract<PaintOutcome, { readonly type: 'done' }>;
type Broken = Extract<PaintOutcome, { readonly type: 'error' }>;

/** Makes of a painting's outcome what it means for the job. */
export async function settleOutcome(
  context: JobsContext,
  running: Running,
  outcome: PaintOutcome,
): Promise<void> {
  // A cancelled job has its end already.
  if (running.cancel.signal.aborted) return;
  // While stopping, only a finished picture is worth a row; all else is found again after the restart.
  if (outcome.type === 'stopped' || (context.stopping.aborted && outcome.type !== 'done')) return;
  const { id } = running.job;
  switch (outcome.type) {
    case 'done':
      return finish(context, running, outcome);
    case 'died':
      return survive(context, running, outcome.reason);
    case 'error':
      if (running.job.savedState !== null && running.step === 0) return beginAnew(context, running);
      context.log.warn({ job: id, kind: outcome.kind, reason: outcome.message }, 'a painting failed');
      return fail(context, id, reasonOf(outcome));
  }
}

function reasonOf({ kind, message, refusal }: Broken): Refusal {
  if (kind === 'fault') return { kind };
  return refusal ?? { kind: 'said', sentence: message };
}

/** Stores the picture, then lets the row say so, then has it shown. */
async function finish(context: JobsContext, running: Running, done: Done): Promise<void> {
  const { job, stepMs } = running;
  const { store, ledger, log, clock, crashPoint } = context;
  const { picture, step, loss, seconds, ended } = done;
  const sha256 = await store.put(picture.bytes);
  crashPoint('final-stored', job.id);
  const film = await keepFilm(context, running);
  const { format, width, height, bytes } = picture;
  const result: JobResult = {
    sha256,
    format,
    width,
    height,
    bytes: bytes.length,
    step,
    loss,
    seconds,
    ended,
    ...(film !== undefined && { film }),
  };
  const shown = await endPainting(context, job.id, {
    ...(isHeldBack(picture, running) ? heldBack(clock.now()) : { to: 'finishing' as const }),
    result,
  });
  if (shown === undefined) await dropResult(context, result);
  if (stepMs === undefined) return;
  // Without it the next forecast is worse; the picture is on its way.
  await setStepTime(ledger, stepKind(job.request), stepMs).catch((error: unknown) =>
    log.warn({ err: error }, 'the time of a step could not be noted'),
  );
}

/** Where it looks too much like adult content the picture is kept, for a moderator to show it all the same. */
function heldBack(endedAt: number) {
  return { to: 'failed', reason: { kind: 'adult' }, endedAt } as const;
}

/** A film is no reason for a picture not to be shown. */
async function keepFilm({ store, log }: JobsContext, { film, job }: Running): Promise<string | undefined> {
  try {
    return await film.keep(store);
  } catch (error) {
    log.warn({ err: error, job: job.id }, 'the frames of a painting could not be kept');
    return undefined;
  }
}

/** A job whose painter died goes on from its last state; one that kills again and again fails. */
async function survive(context: JobsContext, { job }: Running, reason: string): Promise<void> {
  const deaths = job.deaths + 1;
  context.log.error({ job: job.id, deaths, reason }, 'a painter died');
  const noted = await note(context, job.id, { deaths });
  if (noted === undefined) return;
  if (deaths < context.limits.deaths) return enterLine(context, noted);
  await fail(context, job.id, { kind: 'painterDied', times: deaths, how: reason });
}

/** A state that its painter refuses (another version, another model) is not worth a picture. */
async function beginAnew(context: JobsContext, { job }: Running): Promise<void> {
  context.log.warn({ job: job.id }, 'the saved state was refused; beginning anew');
  const noted = await note(context, job.id, { savedState: null });
  if (job.savedState !== null) await dropState(context, job.savedState);
  if (noted !== undefined) enterLine(context, noted);
}

function note(context: JobsContext, id: string, change: JobNote): Promise<Job | undefined> {
  return persist(context, () => noteJob(context.ledger, id, { states: ['painting'], note: change }));
}
