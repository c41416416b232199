import type { Command } from 'commander';
import { addCaptionedOptions, type CaptionedOptions, learningPlaces } from './captioned-options.js';
import { wholeNumber } from './option-values.js';
import { runTraining } from './run-training.js';
import type { Shell } from './shell.js';
import { addTrainOptions, baseRequest } from './train-options.js';

/** Adds `train transformer`. */
export function addTrainTransformer(parent: Command, shell: Shell): void {
  const command = parent
    .command('transformer')
    .description("stage two: learn what a model's codes say together, and with which words");
  addCaptionedOptions(command).option(
    '--side <n>',
    'side of the square pictures',
    wholeNumber('--side', { min: 16, max: 1024 }),
  );
  type Options = CaptionedOptions & { readonly side?: number };
  addTrainOptions(command).action(async (options: Options) => {
    const { model, out } = await learningPlaces(options, shell);
    const request = { stage: 'transformer', ...options, ...baseRequest(options, shell, out), model } as const;
    await runTraining(request, options, shell);
  });
}
