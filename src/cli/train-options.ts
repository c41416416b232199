import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { PRESET_NAMES, type PresetName, type TrainRequestBase } from '../contracts/train-request.js';
import { UserError } from '../errors.js';
import { packageRoot } from '../package-root.js';
import { PROVIDER_CHOICES } from '../runtime/choose-provider.js';
import { numberBetween, oneOf, wholeNumber } from './option-values.js';
import type { Shell } from './shell.js';

/** What every stage of training takes. */
export interface TrainOptions {
  readonly pictures: string;
  readonly preset: PresetName;
  readonly steps?: number;
  readonly batch?: number;
  readonly rate?: number;
  readonly seed: number;
  readonly flip: boolean;
  readonly fresh?: true;
  readonly measureEvery?: number;
  readonly saveEvery?: number;
  readonly provider: string;
  readonly threads?: number;
  readonly json?: true;
}

const count = (name: string) => wholeNumber(name, { min: 1, max: 10_000_000 });

/** Adds what every stage of training takes. */
export function addTrainOptions(command: Command): Command {
  return command
    .option(
      '--preset <name>',
      `${PRESET_NAMES.join(', ')}: sizes and steps`,
      oneOf('--preset', PRESET_NAMES),
      'small',
    )
    .option('--steps <n>', 'steps in all', count('--steps'))
    .option('--batch <n>', 'examples a step', wholeNumber('--batch', { min: 1, max: 4096 }))
    .option('--rate <x>', 'learning rate at its highest', numberBetween('--rate', { min: 0, max: 1 }))
    .option('--seed <n>', 'what decides all chance', wholeNumber('--seed', { min: 0, max: 2 ** 32 - 1 }), 1)
    .option('--no-flip', 'never mirror pictures')
    .option('--fresh', 'begin anew although a checkpoint is there')
    .option('--measure-every <n>', 'measure and draw every so many steps', count('--measure-every'))
    .option('--save-every <n>', 'save every so many steps', count('--save-every'))
    .option('--provider <name>', PROVIDER_CHOICES.join(', '), oneOf('--provider', PROVIDER_CHOICES), 'cpu')
    .option('--threads <n>', 'threads on the processor', wholeNumber('--threads', { min: 1, max: 256 }))
    .option('--json', 'one event a line on standard output');
}

/** The options as the part of a request that all stages share. */
export function baseRequest(
  { pictures, json: _, fresh, ...options }: TrainOptions,
  shell: Shell,
  folder: string,
): Omit<TrainRequestBase, 'stage'> {
  return {
    ...options,
    pictures: resolve(pictures),
    out: folder,
    fresh: fresh === true,
    dataDir: shell.dataDir,
  };
}

/** The folder of a model that is to be made. @throws UserError when it would take the name of one of Easel's own. */
export function newModelFolder(text: string, shell: Shell): string {
  const folder = modelFolder(text, shell);
  const isHidden = dirname(folder) === join(shell.dataDir, 'models');
  if (isHidden && existsSync(join(packageRoot(), 'models', basename(folder), 'manifest.json'))) {
    throw new UserError(`Expected another name for the new model, since \`${text}\` is part of Easel.`);
  }
  return folder;
}

/** A path where there is a slash, else a model of this name in the data folder. */
export function modelFolder(text: string, { dataDir }: Shell): string {
  return /[\\/]/.test(text) ? resolve(text) : join(dataDir, 'models', text);
}

/** What to call the model in other commands: its name where those find it, else its path. */
export function modelReference(out: string, { dataDir }: Shell, embedded: string): string {
  return [join(dataDir, 'models'), embedded].includes(dirname(out)) ? basename(out) : out;
}
