import { Command } from 'commander';
import { packageVersion } from '../package-root.js';
import type { Shell } from './shell.js';

type Add = (program: Command, shell: Shell) => Promise<void>;

/** What adds subcommands, and which, in the order in which the help lists them. To load all takes longer than most take to run. */
const PARTS: readonly (readonly [names: readonly string[], add: Add])[] = [
  [['imagine'], async (program, shell) => (await import('./imagine.js')).addImagine(program, shell)],
  [['info'], async (program, shell) => (await import('./info.js')).addInfo(program, shell)],
  [['dream'], async (program, shell) => (await import('./dream.js')).addDream(program, shell)],
  [
    ['encode', 'decode', 'codebook'],
    async (program, shell) => (await import('./codes.js')).addCodes(program, shell),
  ],
  [['models'], async (program, shell) => (await import('./models.js')).addModels(program, shell)],
  [['start'], async (program, shell) => (await import('./start.js')).addStart(program, shell)],
  [['bot'], async (program, shell) => (await import('./bot.js')).addBot(program, shell)],
  [['deploy'], async (program, shell) => (await import('./deploy.js')).addDeploy(program, shell)],
  [['playground'], async (program, shell) => (await import('./playground.js')).addPlayground(program, shell)],
  [
    ['train'],
    async (program, shell) => {
      const train = program.command('train').description('train models on your own pictures');
      (await import('./train-vqgan.js')).addTrainVqgan(train, shell);
      (await import('./train-transformer.js')).addTrainTransformer(train, shell);
      (await import('./train-clip.js')).addTrainClip(train, shell);
      (await import('./train-figures.js')).addTrainFigures(train, shell);
    },
  ],
  [['backup', 'restore'], async (program, shell) => (await import('./backup.js')).addBackup(program, shell)],
  [['doctor'], async (program, shell) => (await import('./doctor.js')).addDoctor(program, shell)],
  [
    ['graph'],
    async (program) => {
      const graph = program.command('graph').description('look at ONNX graphs and differentiate them');
      (await import('./graph-show.js')).addGraphShow(graph);
      (await import('./graph-grad.js')).addGraphGrad(graph);
    },
  ],
];

/**
 * @param first The first word that was typed: where it is a subcommand's, only that is loaded; all are for the help and for slips.
 */
export async function createProgram(shell: Shell, first = ''): Promise<Command> {
  const program = new Command('easel')
    .description('Paints prompts: CLIP-guided VQGAN on ONNX Runtime.')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({ writeOut: shell.out, writeErr: shell.err, outputError: () => undefined });
  const part = PARTS.find(([names]) => names.includes(first));
  for (const [, add] of part ? [part] : PARTS) await add(program, shell);
  return program;
}
