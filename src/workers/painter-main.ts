import { writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import {
  painterCommandSchema,
  type PainterReport,
  type PainterSettings,
  painterSettingsSchema,
} from '../contracts/painter-messages.js';
import { messageOf, UserError } from '../errors.js';
import { cacheSecret } from '../runtime/cache-secret.js';
import { createRuntime } from '../runtime/create-runtime.js';
import { PROVIDERS, type ProviderChoice } from '../runtime/runtime.js';
import { createUpscaler } from '../upscaling/create-upscaler.js';
import { ModelShelf } from './model-shelf.js';
import { createAdultClassifier } from '../safety/adult-classifier.js';
import { PaintDesk } from './paint-desk.js';
import { tryModel } from './try-model.js';

// The entry point of a painter process: wires the desk to the channel, and leaves when told to or when left alone.

const BEAT_MS = 1_000;

type Channel = ReturnType<typeof openChannel>;

/** The channel to the parent; `close` lets everything sent go out before it closes. */
function openChannel() {
  let unsent = 0;
  let isClosing = false;
  const closeIfDue = () => {
    if (isClosing && unsent === 0 && process.connected) process.disconnect();
  };
  return {
    send(report: PainterReport): void {
      unsent += 1;
      process.send?.(report, undefined, undefined, () => {
        unsent -= 1;
        closeIfDue();
      });
    },
    close(): void {
      isClosing = true;
      closeIfDue();
    },
  };
}

/** Every thread made from here on is nicer than the bot, and the first to go when memory runs out. */
function stepBack(): void {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  try {
    writeFileSync('/proc/self/oom_score_adj', '500');
  } catch {
    // Not Linux, or not allowed: the system then chooses by size alone.
  }
}

function providerNamed(name: string): ProviderChoice {
  const choices: readonly ProviderChoice[] = ['auto', ...PROVIDERS];
  const provider = choices.find((choice) => choice === name);
  if (provider === undefined) {
    throw new UserError(`Expected the provider to be one of ${choices.join(', ')}, got \`${name}\`.`);
  }
  return provider;
}

async function main(settings: PainterSettings, { send, close }: Channel): Promise<void> {
  const { threads, cacheDir, dataDir } = settings;
  const runtime = createRuntime({
    provider: providerNamed(settings.provider),
    // Between two paintings, and while others work, idle threads sleep.
    spinning: false,
    ...(threads !== undefined && { threads }),
    ...(cacheDir !== undefined && { cacheDir }),
    ...(dataDir !== undefined && { cacheSecret: cacheSecret(dataDir) }),
  });
  const shelf = new ModelShelf({ runtime, settings });
  if (settings.tries !== undefined) await tryModel(shelf, settings.tries);
  const classifier = createAdultClassifier(runtime);
  const desk = new PaintDesk({
    openPainter: (model) => shelf.open(model),
    judge: (picture) => classifier.judge(picture),
    upscaler: createUpscaler(runtime),
    send,
    leave: close,
    now: () => performance.now(),
  });
  process.on('message', (message) => desk.handle(painterCommandSchema.parse(message)));
  send({ type: 'ready', provider: runtime.provider, device: runtime.device });
  setInterval(() => send({ type: 'beat', rss: process.memoryUsage.rss() }), BEAT_MS);
}

stepBack();
// A terminal's or a service manager's signal reaches the whole group: when to leave is the parent's to say.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.on('disconnect', () => process.exit());
// A parent that died while this process was loading closed the channel before anybody heard of it.
if (!process.connected) process.exit();
const channel = openChannel();
main(painterSettingsSchema.parse(JSON.parse(process.argv[2] ?? '{}')), channel).catch((error: unknown) => {
  process.exitCode = 1;
  if (!(error instanceof UserError)) console.error(error);
  channel.send({ type: 'unfit', message: messageOf(error) });
  channel.close();
});
