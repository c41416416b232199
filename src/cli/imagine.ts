import { type Command, InvalidArgumentError } from 'commander';
import { composeSheet, type SheetEntry } from '../images/sheet.js';
import { createPainter } from '../paint/create-painter.js';
import { unstyled } from '../requests/in-style.js';
import { createUpscaler } from '../upscaling/create-upscaler.js';
import type { LoadedModel } from '../zoo/load-model.js';
import { openUnknownWords } from '../zoo/unknown-words.js';
import { MOST_PICTURES, parseSeeds, withSuffix } from './batch.js';
import { readPictures } from './given-pictures.js';
import { addModelOptions, type ModelOptions, openModel } from './model-options.js';
import { paintToFiles } from './paint-to-files.js';
import { expectPictures } from './painted-before.js';
import { formatFor, writeWhole } from './picture-file.js';
import { type Order, type OrderOptions, planOrders, readBefore } from './plan-orders.js';
import { addRequestOptions } from './request-options.js';
import { EXIT, type Shell } from './shell.js';
import { tellJson, tellPeople } from './tell-painting.js';

interface ImagineOptions extends ModelOptions, OrderOptions {
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  easel imagine "a castle at night" --out castle.png
  easel imagine "a castle:2 | a sunset" --style woodblock --count 4
  easel imagine "a sunset" --init castle.png --strength 0.5 --upscale 2
  easel imagine "spring // summer // autumn" --timelapse year.mp4
  easel imagine --from castle.png --seed 8

docs/features.md shows what every option does.
`;

/** Adds `imagine`. */
export function addImagine(program: Command, shell: Shell): void {
  const command = program
    .command('imagine')
    .description('paint a prompt')
    .argument(
      '[prompt...]',
      'what to paint; several with weights: "a castle:1 | fog:-0.3"; a story: "spring // summer"',
    )
    .addHelpText('after', EXAMPLES);
  addRequestOptions(command)
    .optionsGroup('Files and batches:')
    .option('--count <n>', 'so many pictures, their seeds counted up, and a sheet of them', parseCount)
    .option('--seeds <list>', 'a picture for each seed: 1..9 or 3,7,11', parseSeeds)
    .option('--prompts <file>', 'a picture for each line of a file')
    .option('--from <file>', 'paint as a picture of Easel was painted; other options win over it')
    .option('--state <file>', 'keep in this file (.easel) all that is needed to go on painting')
    .option('--resume <file>', 'go on with what --state kept, with --steps beyond its end')
    .option(
      '--timelapse <file>',
      'a film of the painting (.webp, .mp4), or a sheet of its frames (.png, .jpg)',
    )
    .option('--out <file>', 'where the picture goes: .png, .webp or .jpg')
    .option('--json', 'one event a line on standard output');
  addModelOptions(command.optionsGroup('Where it is painted:')).action(
    (words: readonly string[], options: ImagineOptions) => imagine(words, options, shell),
  );
}

async function imagine(words: readonly string[], options: ImagineOptions, shell: Shell): Promise<void> {
  const before = await readBefore(words, options);
  const pictures = await readPictures(options);
  if (before) expectPictures(before, pictures);
  const { model, runtime } = await openModel(options, shell);
  const orders = planOrders(words, options, { model: model.manifest, pictures, before });
  if (before?.manifest !== undefined && before.manifest !== model.manifestHash) {
    shell.err(
      `Another version of the model \`${before.request.model}\` painted it: the picture will differ.\n`,
    );
  }
  await sayUnknownWords(orders, { model, shell });
  const tools = {
    painter: createPainter({ model, runtime }),
    upscaler: createUpscaler(runtime),
    signal: shell.interrupted,
  };
  const painted: SheetEntry[] = [];
  try {
    for (const { work, files, caption } of orders) {
      const tell = options.json ? tellJson(shell, work.request) : tellPeople(shell, work.request);
      const { images, states } = pictures;
      const { picture, ended } = await paintToFiles(tools, { ...work, images, states }, { files, tell });
      painted.push({ picture, caption });
      if (ended === 'cancelled') {
        shell.exitWith(EXIT.interrupted);
        break;
      }
    }
    if (painted.length > 1) await writeSheet(painted, orders, { options, shell });
  } finally {
    await tools.painter.release();
    await tools.upscaler.release();
  }
}

/** Says once which words the model does not know, and which near ones it does. */
async function sayUnknownWords(
  orders: readonly Order[],
  { model, shell }: { readonly model: LoadedModel; readonly shell: Shell },
): Promise<void> {
  const findUnknown = await openUnknownWords(model);
  const texts = new Set(orders.flatMap(({ work }) => work.request.prompts.map(({ text }) => unstyled(text))));
  for (const { word, instead } of findUnknown([...texts].join(' '))) {
    shell.err(`I don't know "${word}"${instead.length > 0 ? `; I do know ${instead.join(', ')}` : ''}.\n`);
  }
}

/** The pictures of a batch side by side, next to them. */
async function writeSheet(
  painted: readonly SheetEntry[],
  orders: readonly Order[],
  { options, shell }: { readonly options: ImagineOptions; readonly shell: Shell },
): Promise<void> {
  const file = withSuffix(options.out ?? orders[0]?.files.picture ?? 'easel.png', '-sheet');
  const columns = Math.ceil(Math.sqrt(painted.length));
  const { bytes } = await composeSheet(painted, { columns, cell: 256, format: formatFor(file) });
  writeWhole(file, bytes);
  if (!options.json) shell.out(`${file}\n`);
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > MOST_PICTURES) {
    throw new InvalidArgumentError(`Expected a whole number between 1 and ${MOST_PICTURES}.`);
  }
  return count;
}
