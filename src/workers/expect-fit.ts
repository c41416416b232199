import { once } from 'node:events';
import { type PainterSettings, painterReportSchema } from '../contracts/painter-messages.js';
import { UserError } from '../errors.js';
import { exitReason } from './exit-reason.js';
import type { LoadedModel } from '../zoo/load-model.js';
import { DEFAULT_PAINTER_LIMITS } from './painter-limits.js';
import { passedTrial } from './passed-trial.js';
import { spawnPainter } from './spawn-painter.js';

export interface FitnessOptions {
  readonly settings: PainterSettings;
  /** What is to be painted with, where a request does not say. */
  readonly model: LoadedModel;
  /** Calls the trial off. */
  readonly signal: AbortSignal;
  /** How long it may take: models are read, graphs built. */
  readonly limitMs?: number;
}

/**
 * Makes one painter process, only to see that it can work with these settings and this model: a painter that cannot is made again
 * and again, and whatever waits for it waits for ever. What passed once is not tried again until something changed.
 *
 * @throws UserError with what the process said, or how it ended; the signal's reason when it was called off.
 */
export async function expectFit({
  settings,
  model,
  signal,
  limitMs = LIMIT_MS,
}: FitnessOptions): Promise<void> {
  const trial = await passedTrial(settings, model);
  if (await trial.isKnown()) return;
  await tryOnce({ settings: { ...settings, tries: model.manifest.name }, signal, limitMs });
  trial.remember();
}

const LIMIT_MS = DEFAULT_PAINTER_LIMITS.firstStepMs;
/** The end of what a process says is what it died of. */
const MOST_SAID = 2_000;

interface Attempt {
  readonly settings: PainterSettings & { readonly tries: string };
  readonly signal: AbortSignal;
  readonly limitMs: number;
}

async function tryOnce({ settings, signal, limitMs }: Attempt): Promise<void> {
  const child = spawnPainter(settings);
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-MOST_SAID);
  });
  let report: unknown;
  child.once('message', (message) => {
    report = message;
    if (child.connected) child.disconnect();
  });
  const late = AbortSignal.timeout(limitMs);
  const given = AbortSignal.any([signal, late]);
  const kill = () => child.kill('SIGKILL');
  if (given.aborted) kill();
  else given.addEventListener('abort', kill, { once: true });
  // `close` never comes to who disconnected.
  const [exit] = await Promise.all([once(child, 'exit'), child.stderr && once(child.stderr, 'close')]);
  given.removeEventListener('abort', kill);
  signal.throwIfAborted();
  const { data } = painterReportSchema.safeParse(report);
  if (data?.type === 'ready') return;
  if (data?.type === 'unfit') throw new UserError(data.message);
  const [code, end] = exit as [number | null, NodeJS.Signals | null]; // as Node documents it
  const how = late.aborted
    ? `was not ready after ${Math.round(limitMs / 1000)} seconds`
    : exitReason(code, end);
  const last = said.trim() === '' ? '.' : `: ${said.trim()}`;
  throw new UserError(`A painter that tried the model \`${settings.tries}\` ${how}${last}`);
}
