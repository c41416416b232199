import { setPriority } from 'node:os';
import type { TrainEvent } from '../../contracts/train-event.js';
import type { TrainRequest } from '../../contracts/train-request.js';
import { messageOf, UserError } from '../../errors.js';
import { createRuntime } from '../../runtime/create-runtime.js';
import type { ProviderChoice } from '../../runtime/runtime.js';
import { openStage } from '../open-stage.js';
import { train } from '../trainer.js';
import type { TrainerReport } from './messages.js';

// The entry point of a trainer process: trains what its argument asks for and reports to its parent, whose end is its own.

const NICE = 5;

function send(report: TrainerReport): Promise<void> {
  return new Promise((resolve) => process.send?.(report, undefined, undefined, () => resolve()));
}

async function main(request: TrainRequest): Promise<void> {
  const interruption = new AbortController();
  process.on('message', () => interruption.abort());
  const tell = (event: TrainEvent) => send({ event });
  const { threads } = request;
  const provider = request.provider as ProviderChoice; // an unknown one is refused by the runtime
  const runtime = createRuntime({ provider, ...(threads !== undefined && { threads }) });
  const skipped: TrainEvent[] = [];
  const onSkipped = (file: string, reason: string) => skipped.push({ type: 'skipped', file, reason });
  const { stage, steps } = await openStage(request, { runtime, onSkipped });
  for (const event of skipped) await tell(event);
  const { stage: name, out, fresh } = request;
  const measureEvery = request.measureEvery ?? Math.max(1, Math.ceil(steps / 10));
  const saveEvery = request.saveEvery ?? Math.max(1, Math.ceil(steps / 10));
  const device = `${runtime.provider} (${runtime.device})`;
  const options = {
    name,
    stage,
    out,
    steps,
    measureEvery,
    saveEvery,
    fresh,
    device,
    signal: interruption.signal,
  };
  for await (const event of train(options)) await tell(event);
  await stage.release();
}

setPriority(NICE);
// A terminal's signal reaches the whole group: when to stop is the parent's to say.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.on('disconnect', () => process.exit());
if (!process.connected) process.exit();
main(JSON.parse(process.argv[2] ?? '{}') as TrainRequest) // our parent's
  .catch((error: unknown) => send({ error: messageOf(error), isTheirs: error instanceof UserError }))
  .finally(() => process.disconnect());
