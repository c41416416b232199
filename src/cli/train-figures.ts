import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { UserError } from '../errors.js';
import { makeFolder } from '../make-folder.js';
import { createCodec } from '../paint/latent/codec.js';
import { randomFromSeed } from '../paint/random.js';
import { openPrior } from '../paint/start/open-prior.js';
import { parsePrompts } from '../requests/prompt-syntax.js';
import { cellsFigure, reconstructionFigure } from '../train/figures/reconstruction-figure.js';
import { windowFigure } from '../train/figures/window-figure.js';
import { openHeldOut } from '../train/pictures/open-held-out.js';
import { pictureSheet } from '../train/report/sheet.js';
import { loadModel } from '../zoo/load-model.js';
import { addModelOptions, gridFor, type ModelOptions, openModel } from './model-options.js';
import { wholeNumber } from './option-values.js';
import { writeWhole } from './picture-file.js';
import type { Shell } from './shell.js';

interface FigureOptions extends ModelOptions {
  readonly pictures: string;
  readonly beside: readonly string[];
  readonly out: string;
  readonly prompt: string;
  readonly seed: number;
}

/** Pictures in a row. */
const SHOWN = 8;

/** Adds `train figures`. */
export function addTrainFigures(parent: Command, shell: Shell): void {
  const command = parent
    .command('figures')
    .description('draw what a model has learnt: held-out pictures as codes, and how the window slides')
    .requiredOption('--pictures <folder>', 'the pictures it was trained on, also in folders below')
    .option('--beside <model...>', 'other models whose reconstructions stand below', [])
    .option('--prompt <text>', 'what the window draws', 'a red apple')
    .option(
      '--seed <n>',
      'that of the training, which decides what was held out',
      wholeNumber('--seed', { min: 0, max: 2 ** 32 - 1 }),
      1,
    )
    .option('--out <folder>', 'where reconstructions.png and window.png go', 'figures');
  addModelOptions(command).action((options: FigureOptions) => drawFigures(options, shell));
}

async function drawFigures(options: FigureOptions, shell: Shell): Promise<void> {
  const { model, runtime } = await openModel(options, shell);
  const { manifest } = model;
  if (!manifest.vqgan.encoder) {
    throw new UserError(`Expected a model with an encoder; \`${manifest.name}\` has none.`);
  }
  const out = resolve(options.out);
  makeFolder(out);
  const write = async (name: string, rows: Parameters<typeof pictureSheet>[0]) => {
    const file = join(out, `${name}.png`);
    writeWhole(file, await pictureSheet(rows));
    shell.out(`${file}\n`);
  };
  const side = Math.min(manifest.defaults.width, manifest.defaults.height);
  const grid = gridFor(model, { width: side, height: side });
  const { seed } = options;
  const pictures = (await openHeldOut({ pictures: resolve(options.pictures), side, seed })).slice(0, SHOWN);
  const codec = await createCodec(model, runtime);
  const cells = [];
  for (const picture of pictures) cells.push(await cellsFigure(picture, grid, codec));
  const others = [];
  for (const name of options.beside) others.push(await loadModel({ name, dataDir: shell.dataDir }));
  const [originals = [], ...made] = await reconstructionFigure(pictures, [model, ...others], runtime);
  await write('reconstructions', [originals, cells, ...made]);
  if (manifest.prior) {
    const prior = await openPrior(model, runtime, manifest.prior);
    const canvas = { rows: prior.rows, columns: 2 * prior.columns };
    const prompts = parsePrompts(options.prompt);
    const [codes = new Int32Array()] = await prior.sample({
      ...{ candidates: 1, prompts, random: randomFromSeed(seed), canvas },
    });
    await prior.release();
    const frames = await windowFigure({ codes, canvas, own: prior, codec });
    await write('window', [frames]);
  }
  await codec.release();
}
