import type { Command } from 'commander';
import { UserError } from '../errors.js';
import { PROVIDER_CHOICES } from '../runtime/choose-provider.js';
import { cacheSecret } from '../runtime/cache-secret.js';
import { createRuntime } from '../runtime/create-runtime.js';
import type { ProviderChoice, Runtime } from '../runtime/runtime.js';
import { type LoadedModel, loadModel } from '../zoo/load-model.js';
import { oneOf, wholeNumber } from './option-values.js';
import type { Shell } from './shell.js';

/** What every subcommand that runs a model takes. */
export interface ModelOptions {
  readonly model: string;
  readonly provider: ProviderChoice;
  readonly threads?: number;
}

/** Adds `--model`, `--provider` and `--threads`. */
export function addModelOptions(command: Command): Command {
  return command
    .option('--model <name>', 'the model', 'pocket')
    .option('--provider <name>', PROVIDER_CHOICES.join(', '), oneOf('--provider', PROVIDER_CHOICES), 'auto')
    .option('--threads <n>', 'threads on the processor', wholeNumber('--threads', { min: 1, max: 256 }));
}

/** Loads the model and the runtime that were asked for. @throws UserError when one is unknown or cannot work here. */
export async function openModel(
  { model, provider, threads }: ModelOptions,
  { dataDir, cacheDir }: Shell,
): Promise<{ readonly model: LoadedModel; readonly runtime: Runtime }> {
  return {
    model: await loadModel({ name: model, dataDir }),
    runtime: createRuntime({
      provider,
      cacheDir,
      cacheSecret: cacheSecret(dataDir),
      ...(threads !== undefined && { threads }),
    }),
  };
}

/** Pixels as a grid of latent cells. @throws UserError when a side is no multiple of the model's factor. */
export function gridFor({ manifest }: LoadedModel, { width, height }: { width: number; height: number }) {
  const { factor } = manifest.vqgan;
  for (const side of [width, height]) {
    if (side % factor !== 0) {
      throw new UserError(
        `Expected \`--size\` in multiples of ${factor} for the model \`${manifest.name}\`, got ${width}x${height}.`,
      );
    }
  }
  return { rows: height / factor, columns: width / factor };
}
