import type { Command } from 'commander';
import { addCaptionedOptions, type CaptionedOptions, learningPlaces } from './captioned-options.js';
import { numberBetween, wholeNumber } from './option-values.js';
import { runTraining } from './run-training.js';
import type { Shell } from './shell.js';
import { addTrainOptions, baseRequest } from './train-options.js';

/** Adds `train clip`. */
export function addTrainClip(parent: Command, shell: Shell): void {
  const command = parent
    .command('clip')
    .description('learn which words belong to which pictures, and guide the model by it');
  addCaptionedOptions(command)
    .option(
      '--chunk <n>',
      'pairs at a time; the batch is a multiple of it',
      wholeNumber('--chunk', { min: 1, max: 4096 }),
    )
    .option(
      '--attack <x>',
      'the change to a picture (L2, 0 to 1 a channel) it has to withstand',
      numberBetween('--attack', { min: 0, max: 1000 }),
      0,
    )
    .option(
      '--noise <x>',
      'deviation of the noise on half of the pictures',
      numberBetween('--noise', { min: 0, max: 1 }),
      0.05,
    )
    .option(
      '--decoded <share>',
      "pictures seen as the model's codes decode them",
      numberBetween('--decoded', { min: 0, max: 1 }),
      0,
    );
  type Options = CaptionedOptions & {
    readonly chunk?: number;
    readonly attack: number;
    readonly noise: number;
    readonly decoded: number;
  };
  addTrainOptions(command).action(async (options: Options) => {
    const { model, out } = await learningPlaces(options, shell);
    const request = { stage: 'clip', ...options, ...baseRequest(options, shell, out), model } as const;
    await runTraining(request, options, shell);
  });
}
