import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { CAPTION_SOURCES, type CaptionSource } from '../contracts/train-request.js';
import { UserError } from '../errors.js';
import { packageRoot } from '../package-root.js';
import { oneOf, wholeNumber } from './option-values.js';
import { runTraining } from './run-training.js';
import type { Shell } from './shell.js';
import { addTrainOptions, baseRequest, modelFolder, type TrainOptions } from './train-options.js';

/** Adds `train transformer`. */
export function addTrainTransformer(parent: Command, shell: Shell): void {
  interface Options extends TrainOptions {
    readonly model: string;
    readonly out?: string;
    readonly captions: CaptionSource;
    readonly side?: number;
  }
  const command = parent
    .command('transformer')
    .description("stage two: learn what a model's codes say together, and with which words")
    .requiredOption('--pictures <folder>', 'the pictures, also in folders below')
    .requiredOption('--model <model>', 'whose codes it learns; it becomes part of that model')
    .option('--out <model>', 'a new model instead, with a copy of that one')
    .option(
      '--captions <source>',
      'auto (text files, captions.jsonl or else names), names, folders (one class each) or none',
      oneOf('--captions', CAPTION_SOURCES),
      'auto',
    )
    .option('--side <n>', 'side of the square pictures', wholeNumber('--side', { min: 16, max: 1024 }));
  addTrainOptions(command).action(async (options: Options) => {
    const { model, out, ...rest } = options;
    const folder = await folderOf(model, shell);
    if (out === undefined && isEmbedded(folder)) {
      throw new UserError(
        `Expected \`--out\` with a name for the new model, since \`${model}\` is part of Easel.`,
      );
    }
    const base = baseRequest(rest, shell, out ?? folder);
    await runTraining({ stage: 'transformer', ...rest, ...base, model: folder }, options, shell);
  });
}

const embedded = () => join(packageRoot(), 'models');

const isEmbedded = (folder: string) => folder.startsWith(embedded());

/** The folder of a model: a path, one in the data folder, or an embedded one. */
async function folderOf(text: string, shell: Shell): Promise<string> {
  const own = modelFolder(text, shell);
  const isThere = await stat(join(own, 'manifest.json')).catch(() => undefined);
  if (isThere || /[\\/]/.test(text)) return own;
  return join(embedded(), text);
}
