import type { Command } from 'commander';
import { numberBetween, oneOf, wholeNumber } from './option-values.js';
import { runTraining } from './run-training.js';
import type { Shell } from './shell.js';
import { addTrainOptions, baseRequest, newModelFolder, type TrainOptions } from './train-options.js';

/** Adds `train vqgan`. */
export function addTrainVqgan(parent: Command, shell: Shell): void {
  interface Options extends TrainOptions {
    readonly out: string;
    readonly side?: number;
    readonly codes?: number;
    readonly codebook?: 'loss' | 'ema';
    readonly perceptual: string;
    readonly perceptualWeight: number;
    readonly adversarial: 'hinge' | 'vanilla' | 'none';
    readonly adversarialFrom?: number;
    readonly adversarialWeight: number;
    readonly colours: number;
    readonly from?: string;
    readonly clip: string;
  }
  const command = parent
    .command('vqgan')
    .description('stage one: learn a codebook with an encoder and a decoder from a folder of pictures')
    .requiredOption('--pictures <folder>', 'the pictures, also in folders below')
    .requiredOption(
      '--out <model>',
      'the new model: a name in the data folder, or a path such as models/mine',
    )
    .option('--side <n>', 'side of the square pictures', wholeNumber('--side', { min: 16, max: 1024 }))
    .option('--codes <n>', 'rows of the codebook', wholeNumber('--codes', { min: 2, max: 65_536 }))
    .option('--codebook <how>', 'how it learns: ema or loss', oneOf('--codebook', ['ema', 'loss']))
    .option('--perceptual <model>', 'whose image tower judges likeness; none for none', 'pocket')
    .option(
      '--perceptual-weight <x>',
      'what likeness counts beside the pixels',
      numberBetween('--perceptual-weight', { min: 0, max: 100 }),
      0.1,
    )
    .option(
      '--adversarial <loss>',
      'hinge, vanilla or none',
      oneOf('--adversarial', ['hinge', 'vanilla', 'none']),
      'hinge',
    )
    .option(
      '--adversarial-from <step>',
      'the first step with the discriminator',
      wholeNumber('--adversarial-from', { min: 1, max: 1e9 }),
    )
    .option(
      '--adversarial-weight <x>',
      'times the adaptive weight λ',
      numberBetween('--adversarial-weight', { min: 0, max: 100 }),
      0.8,
    )
    .option(
      '--colours <x>',
      'change brightness, contrast and saturation at random by up to so much',
      numberBetween('--colours', { min: 0, max: 1 }),
      0,
    )
    .option('--from <model>', 'go on from an installed model instead of from nothing')
    .option('--clip <model>', 'whose CLIP the new model paints with', 'pocket');
  addTrainOptions(command).action(async (options: Options) => {
    const { out, perceptual, ...rest } = options;
    const judge = perceptual === 'none' ? {} : { perceptual };
    const request = {
      stage: 'vqgan',
      ...rest,
      ...baseRequest(rest, shell, newModelFolder(out, shell)),
      ...judge,
    } as const;
    await runTraining(request, options, shell);
  });
}
