import { type Command, InvalidArgumentError } from 'commander';
import type { Picture } from '../contracts/picture.js';
import { UserError } from '../errors.js';
import { composeSheet } from '../images/sheet.js';
import { createPainter } from '../paint/create-painter.js';
import { composeRequest } from '../requests/compose-request.js';
import { readTyped } from '../requests/habits.js';
import type { Given } from '../requests/options.js';
import type { PaintRequest } from '../requests/paint-request.js';
import { formatPrompts } from '../requests/prompt-syntax.js';
import { createUpscaler } from '../upscaling/create-upscaler.js';
import type { LoadedModel } from '../zoo/load-model.js';
import { openUnknownWords } from '../zoo/unknown-words.js';
import { type BatchEntry, MOST_PICTURES, parseSeeds, planBatch, withSuffix } from './batch.js';
import { readPictures } from './given-pictures.js';
import { addModelOptions, type ModelOptions, openModel } from './model-options.js';
import { paintToFiles } from './paint-to-files.js';
import { asGiven, expectPictures, readPaintedBefore } from './painted-before.js';
import { defaultFile, formatFor, writeWhole } from './picture-file.js';
import { addRequestOptions } from './request-options.js';
import { EXIT, type Shell } from './shell.js';
import { tellJson, tellPeople } from './tell-painting.js';
import { framesForTimelapse, timelapseFormatFor } from './timelapse-file.js';

interface ImagineOptions extends ModelOptions, Omit<Given, 'init' | 'imagePrompt'> {
  /** Files, until they are read. */
  readonly init?: string;
  readonly imagePrompt?: readonly string[];
  readonly count?: number;
  readonly seeds?: readonly number[];
  readonly prompts?: string;
  readonly from?: string;
  readonly out?: string;
  readonly timelapse?: string;
  readonly json?: true;
}

/** What one picture of the batch is and where it goes. */
interface Order {
  readonly request: PaintRequest;
  readonly file: string;
  readonly timelapse: string | undefined;
}

/** Adds `imagine`. */
export function addImagine(program: Command, shell: Shell): void {
  const command = program
    .command('imagine')
    .description('paint a prompt')
    .argument('[prompt...]', 'what to paint; several with weights: "a castle:1 | fog:-0.3"');
  addRequestOptions(command)
    .option('--count <n>', 'so many pictures, their seeds counted up, and a sheet of them', parseCount)
    .option('--seeds <list>', 'a picture for each seed: 1..9 or 3,7,11', parseSeeds)
    .option('--prompts <file>', 'a picture for each line of a file')
    .option('--from <file>', 'paint as a picture of Easel was painted; other options win over it')
    .option('--timelapse <file>', 'a film of the painting: .webp or .mp4')
    .option('--out <file>', 'where the picture goes: .png, .webp or .jpg')
    .option('--json', 'one event a line on standard output');
  addModelOptions(command).action((words: readonly string[], options: ImagineOptions) =>
    imagine(words, options, shell),
  );
}

async function imagine(words: readonly string[], options: ImagineOptions, shell: Shell): Promise<void> {
  const before = await paintedBefore(options);
  const pictures = await readPictures(options);
  if (before) expectPictures(before, pictures);
  const { model, runtime } = await openModel(options, shell);
  const entries = planBatch(before && words.length === 0 ? [formatPrompts(before.prompts)] : words, {
    ...options,
    seed: options.seed ?? before?.seed,
  });
  const compose = ({ text, seed }: BatchEntry) => {
    const typed = readTyped(text);
    const asked = { ...typed.given, ...defined(options) };
    const { size, ...kept } = before ? asGiven(before) : {};
    const request = composeRequest(
      {
        ...kept,
        // A shape asked for now takes the place of the size it had.
        ...(asked.aspect === undefined && { size }),
        ...asked,
        // A seed among the words is for the picture alone; a batch has its own.
        seed: entries.length === 1 && options.seed === undefined ? (typed.given.seed ?? seed) : seed,
        prompts: typed.prompts,
        init: pictures.init,
        imagePrompt: [...pictures.imagePrompt],
      },
      model.manifest,
    );
    const filmed = options.timelapse !== undefined && options.every === undefined;
    return filmed ? { ...request, frames: framesForTimelapse(request.steps) } : request;
  };
  const orders = entries.map((entry): Order => {
    const request = compose(entry);
    const file = options.out === undefined ? defaultFile(request) : withSuffix(options.out, entry.suffix);
    const { timelapse } = options;
    return { request, file, timelapse: timelapse && withSuffix(timelapse, entry.suffix) };
  });
  for (const { file, timelapse } of orders) {
    formatFor(file);
    if (timelapse !== undefined) timelapseFormatFor(timelapse);
  }
  await sayUnknownWords(orders, { model, shell });
  const tools = {
    painter: createPainter({ model, runtime }),
    upscaler: createUpscaler(runtime),
    signal: shell.interrupted,
  };
  const painted: { readonly picture: Picture; readonly caption: string }[] = [];
  try {
    for (const { request, file, timelapse } of orders) {
      const files = { picture: file, timelapse, frames: options.every !== undefined };
      const tell = options.json ? tellJson(shell, request) : tellPeople(shell, request);
      const { picture, ended } = await paintToFiles(
        tools,
        { request, images: pictures.images },
        { files, tell },
      );
      painted.push({ picture, caption: captionOf(request, entries) });
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

/** The request that `--from` names. */
async function paintedBefore({ from, model }: ImagineOptions): Promise<PaintRequest | undefined> {
  if (from === undefined) return undefined;
  const { request } = await readPaintedBefore(from);
  if (!request) throw new UserError(`\`${from}\` does not say how it was painted.`);
  if (request.model !== model) {
    throw new UserError(
      `It was painted with the model \`${request.model}\`: say \`--model ${request.model}\`.`,
    );
  }
  return request;
}

/** Says once which words the model does not know, and which near ones it does. */
async function sayUnknownWords(
  orders: readonly Order[],
  { model, shell }: { readonly model: LoadedModel; readonly shell: Shell },
): Promise<void> {
  const findUnknown = await openUnknownWords(model);
  const texts = new Set(orders.flatMap(({ request }) => request.prompts.map(({ text }) => text)));
  for (const { word, instead } of findUnknown([...texts].join(' '))) {
    shell.err(`I don't know "${word}"${instead.length > 0 ? `; I do know ${instead.join(', ')}` : ''}.\n`);
  }
}

/** What was typed, without what was not: an option that is not there must not hide a value from elsewhere. */
function defined({ init: _, imagePrompt: __, ...options }: ImagineOptions): Given {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function captionOf({ prompts, seed }: PaintRequest, entries: readonly BatchEntry[]): string {
  const isOnePrompt = entries.every(({ text }) => text === entries[0]?.text);
  return isOnePrompt ? `seed ${seed}` : `${formatPrompts(prompts)}, seed ${seed}`;
}

/** The pictures of a batch side by side, next to them. */
async function writeSheet(
  painted: readonly { readonly picture: Picture; readonly caption: string }[],
  orders: readonly Order[],
  { options, shell }: { readonly options: ImagineOptions; readonly shell: Shell },
): Promise<void> {
  const file = withSuffix(options.out ?? orders[0]?.file ?? 'easel.png', '-sheet');
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
