import type { Command } from 'commander';
import { formatPrompts, parsePrompts } from '../requests/prompt-syntax.js';
import { UserError } from '../errors.js';
import { encodePicture } from '../images/encode-picture.js';
import { canvasFor } from '../paint/start/canvas.js';
import { createCodec } from '../paint/latent/codec.js';
import { openPrior } from '../paint/start/open-prior.js';
import { randomFromSeed } from '../paint/random.js';
import { sampleOnGrid } from '../paint/start/sample-on-grid.js';
import { freshSeed, type Given } from '../requests/options.js';
import { addModelOptions, gridFor, type ModelOptions, openModel } from './model-options.js';
import { numberBetween, wholeNumber } from './option-values.js';
import { defaultFile, formatFor, writeWhole } from './picture-file.js';
import { addRequestOptions } from './request-options.js';
import type { Shell } from './shell.js';

interface DreamOptions extends ModelOptions, Pick<Given, 'size' | 'seed'> {
  readonly guidance?: number;
  readonly temperature?: number;
  readonly topK?: number;
  readonly out?: string;
}

/** Adds `dream`. */
export function addDream(program: Command, shell: Shell): void {
  const command = program
    .command('dream')
    .description('sample the prior alone: the picture that painting would start from')
    .argument('<prompt...>', 'what to dream of; several with weights as for imagine');
  addRequestOptions(command, ['size', 'seed'])
    .option('--guidance <n>', 'how far the words pull', numberBetween('--guidance', { min: 0, max: 100 }))
    .option('--temperature <n>', 'below 1: likelier', numberBetween('--temperature', { min: 0.01, max: 10 }))
    .option('--top-k <n>', 'draw among so many codes', wholeNumber('--top-k', { min: 1, max: 1e6 }))
    .option('--out <file>', 'where the picture goes: .png, .webp or .jpg');
  addModelOptions(command).action((words: readonly string[], options: DreamOptions) =>
    dream(words.join(' '), options, shell),
  );
}

async function dream(text: string, options: DreamOptions, shell: Shell): Promise<void> {
  const { model, runtime } = await openModel(options, shell);
  const { manifest } = model;
  if (!manifest.prior) throw new UserError(`The model \`${manifest.name}\` has no prior to dream with.`);
  const prompts = parsePrompts(text);
  const seed = options.seed ?? freshSeed();
  const grid = gridFor(model, options.size ?? manifest.defaults);
  const file = options.out ?? defaultFile({ prompts, seed });
  const format = formatFor(file);
  const prior = await openPrior(model, runtime, manifest.prior);
  const { guidance, temperature, topK } = options;
  const random = randomFromSeed(seed);
  const canvas = canvasFor(prior, grid);
  const [codes = new Int32Array()] = await prior.sample({
    ...{ candidates: 1, prompts, random, canvas, guidance, temperature, topK },
  });
  await prior.release();
  const codec = await createCodec(model, runtime);
  const picture = await codec.decode(await sampleOnGrid(codes, { from: canvas, to: grid, codec }), grid);
  await codec.release();
  const parameters = JSON.stringify({ model: manifest.name, ...grid, guidance, temperature, topK });
  const told = { seed, parameters, manifest: model.manifestHash };
  const metadata = { prompt: formatPrompts(prompts), ...told };
  writeWhole(file, (await encodePicture(picture, { format, metadata })).bytes);
  shell.out(`${file}\n`);
}
