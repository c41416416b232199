import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { CAPTION_SOURCES, type CaptionSource } from '../contracts/train-request.js';
import { UserError } from '../errors.js';
import { packageRoot } from '../package-root.js';
import { oneOf } from './option-values.js';
import type { Shell } from './shell.js';
import { modelFolder, newModelFolder, type TrainOptions } from './train-options.js';

/** What stages take that learn pictures with their captions, for a model that is there. */
export interface CaptionedOptions extends TrainOptions {
  readonly model: string;
  readonly out?: string;
  readonly captions: CaptionSource;
}

/** Adds what such stages take. */
export function addCaptionedOptions(command: Command): Command {
  return command
    .requiredOption('--pictures <folder>', 'the pictures, also in folders below')
    .requiredOption('--model <model>', 'for which it learns; it becomes part of that model')
    .option('--out <model>', 'a new model instead, with a copy of that one')
    .option(
      '--captions <source>',
      'auto (text files, captions.jsonl or else names), names, folders (one class each) or none',
      oneOf('--captions', CAPTION_SOURCES),
      'auto',
    );
}

/** The folders of a model and of what is made of it. @throws UserError when that would change a model of Easel's own. */
export async function learningPlaces(
  { model, out }: Pick<CaptionedOptions, 'model' | 'out'>,
  shell: Shell,
): Promise<{ readonly model: string; readonly out: string }> {
  const embedded = join(packageRoot(), 'models');
  const folder = await folderOf(model, shell, embedded);
  if (out !== undefined) return { model: folder, out: newModelFolder(out, shell) };
  if (!folder.startsWith(embedded)) return { model: folder, out: folder };
  throw new UserError(
    `Expected \`--out\` with a name for the new model, since \`${model}\` is part of Easel.`,
  );
}

/** A path, one in the data folder, or an embedded one. @throws UserError when there is no model. */
async function folderOf(text: string, shell: Shell, embedded: string): Promise<string> {
  const own = modelFolder(text, shell);
  const [isThere, isEmbedded] = await Promise.all(
    [own, join(embedded, text)].map((folder) => stat(join(folder, 'manifest.json')).catch(() => undefined)),
  );
  if (isThere) return own;
  if (isEmbedded && !/[\\/]/.test(text)) return join(embedded, text);
  throw new UserError(`Unknown model \`${text}\`; \`easel models\` lists those that are installed.`);
}
