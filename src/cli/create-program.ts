import { Command } from 'commander';
import { packageVersion } from '../package-root.js';
import { addBackup } from './backup.js';
import { addBot } from './bot.js';
import { addCodes } from './codes.js';
import { addDeploy } from './deploy.js';
import { addDoctor } from './doctor.js';
import { addDream } from './dream.js';
import { addGraphGrad } from './graph-grad.js';
import { addGraphShow } from './graph-show.js';
import { addImagine } from './imagine.js';
import { addInfo } from './info.js';
import { addModels } from './models.js';
import { addPlayground } from './playground.js';
import type { Shell } from './shell.js';
import { addStart } from './start.js';
import { addTrainClip } from './train-clip.js';
import { addTrainFigures } from './train-figures.js';
import { addTrainTransformer } from './train-transformer.js';
import { addTrainVqgan } from './train-vqgan.js';

/** Every subcommand, in the order in which the help lists them. */
export function createProgram(shell: Shell): Command {
  const program = new Command('easel')
    .description('Paints prompts: CLIP-guided VQGAN on ONNX Runtime.')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({ writeOut: shell.out, writeErr: shell.err, outputError: () => undefined });
  addImagine(program, shell);
  addInfo(program, shell);
  addDream(program, shell);
  addCodes(program, shell);
  addModels(program, shell);
  addStart(program, shell);
  addBot(program, shell);
  addDeploy(program, shell);
  addPlayground(program, shell);
  const train = program.command('train').description('train models on your own pictures');
  addTrainVqgan(train, shell);
  addTrainTransformer(train, shell);
  addTrainClip(train, shell);
  addTrainFigures(train, shell);
  addBackup(program, shell);
  addDoctor(program, shell);
  const graph = program.command('graph').description('look at ONNX graphs and differentiate them');
  addGraphShow(graph);
  addGraphGrad(graph);
  return program;
}
