import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { PaintEvent } from '../contracts/paint-event.js';
import { LIMITS, type PaintRequest } from '../contracts/paint-request.js';
import type { Picture } from '../contracts/picture.js';
import { parsePrompts } from '../contracts/prompt-syntax.js';
import { UserError } from '../errors.js';
import { decodePicture } from '../images/decode-picture.js';
import { checkRequest } from '../paint/check-request.js';
import { createPainter } from '../paint/create-painter.js';
import { sha256 } from '../zoo/sha256.js';
import { composeRequest } from './compose-request.js';
import { addModelOptions, type ModelOptions, openModel } from './model-options.js';
import { numberBetween, oneOf, readSize, wholeNumber } from './option-values.js';
import { defaultFile, formatFor, frameFile, writePicture } from './picture-file.js';
import { createProgressLine } from './progress-line.js';
import { EXIT, type Shell } from './shell.js';

interface ImagineOptions extends ModelOptions {
  readonly size?: { readonly width: number; readonly height: number };
  readonly steps?: number;
  readonly seed?: number;
  readonly start?: PaintRequest['start'];
  readonly init?: string;
  readonly strength: number;
  readonly pull: number;
  readonly imagePrompt: readonly string[];
  readonly cutouts?: number;
  readonly chunk?: number;
  readonly learningRate?: number;
  readonly ema?: number;
  readonly coarse?: number;
  readonly every?: number;
  readonly out?: string;
  readonly upscale?: 1 | 2 | 4;
  readonly json?: true;
}

/** Adds `imagine`. */
export function addImagine(program: Command, shell: Shell): void {
  const command = program
    .command('imagine')
    .description('paint a prompt')
    .argument('<prompt...>', 'what to paint; several with weights: "a castle:1 | fog:-0.3"')
    .option('--size <WxH>', "pixels; the model's own size when absent", readSize('--size', LIMITS.side))
    .option('--steps <n>', 'steps of optimisation', wholeNumber('--steps', LIMITS.steps))
    .option('--seed <n>', 'the same seed gives the same picture', wholeNumber('--seed', LIMITS.seed))
    .option('--cutouts <n>', 'views a step', wholeNumber('--cutouts', LIMITS.cutouts))
    .option('--chunk <n>', 'cutouts at a time, to save memory', wholeNumber('--chunk', LIMITS.cutouts))
    .option('--start <kind>', 'prior, noise or picture', oneOf('--start', ['prior', 'noise', 'picture']))
    .option('--init <file>', 'a picture to start from')
    .option(
      '--strength <share>',
      'how much of it is kept, 0…1',
      numberBetween('--strength', { min: 0, max: 1 }),
      1,
    )
    .option(
      '--pull <weight>',
      'how strongly to stay near it',
      numberBetween('--pull', { min: 0, max: 1e6 }),
      0,
    )
    .option('--image-prompt <file>', 'a picture to paint towards (repeatable)', addFile, [])
    .option(
      '--learning-rate <n>',
      'the first step size of Adam',
      numberBetween('--learning-rate', { min: 1e-6, max: 10 }),
    )
    .option('--ema <decay>', 'show a moving average', numberBetween('--ema', { min: 0.001, max: 0.9999 }))
    .option(
      '--coarse <share>',
      'steps on half the grid first',
      numberBetween('--coarse', { min: 0.001, max: 0.99 }),
    )
    .option(
      '--every <n>',
      'write the picture so far every so many steps',
      wholeNumber('--every', LIMITS.steps),
    )
    .option('--out <file>', 'where the picture goes: .png, .webp or .jpg')
    .addOption(new Option('--upscale <factor>', '1, 2 or 4').argParser(readUpscale))
    .option('--json', 'one event a line on standard output');
  addModelOptions(command).action((words: readonly string[], options: ImagineOptions) =>
    imagine(words.join(' '), options, shell),
  );
}

async function imagine(text: string, options: ImagineOptions, shell: Shell): Promise<void> {
  const { model, runtime } = await openModel(options, shell);
  const images = new Map<string, Picture>();
  const init = options.init === undefined ? undefined : await readPicture(options.init, images);
  const imagePrompts: PaintRequest['imagePrompts'] = [];
  for (const file of options.imagePrompt)
    imagePrompts.push({ image: await readPicture(file, images), weight: 1 });
  const request = composeRequest(
    {
      ...options,
      prompts: parsePrompts(text),
      imagePrompts,
      init: init === undefined ? undefined : { image: init, strength: options.strength, pull: options.pull },
    },
    model.manifest,
  );
  checkRequest(request, model.manifest);
  const file = options.out ?? defaultFile(request);
  formatFor(file);
  const painter = createPainter({ model, runtime });
  const tell = options.json ? tellJson(shell) : tellPeople(shell, request);
  try {
    for await (const event of painter.paint({ request, images, signal: shell.interrupted })) {
      const target = event.type === 'frame' ? frameFile(file, event.step) : file;
      // Frames nobody asked for (a start's) are shown by other doors, not written here.
      const isWanted = event.type === 'done' || (event.type === 'frame' && options.every !== undefined);
      if (isWanted) await writePicture(target, event.picture, request);
      tell(event, isWanted ? target : undefined);
      if (event.type === 'done' && event.ended === 'cancelled') shell.exitWith(EXIT.interrupted);
    }
  } finally {
    await painter.release();
  }
}

/** Tells an event; `file` is where its picture was written. */
type Tell = (event: PaintEvent, file: string | undefined) => void;

function tellJson(shell: Shell): Tell {
  return ({ type, ...event }, file) => {
    const { picture: _, ...fields } = { picture: undefined, ...event };
    shell.out(`${JSON.stringify({ event: type, ...fields, ...(file !== undefined && { file }) })}\n`);
  };
}

function tellPeople(shell: Shell, request: PaintRequest): Tell {
  const line = createProgressLine(shell, request.steps);
  return (event, file) => {
    if (event.type === 'started') {
      const { provider, device, steps } = event;
      const { width, height, seed } = request;
      shell.err(`${width} × ${height}, ${steps} steps, seed ${seed}, on ${provider} (${device})\n`);
    } else if (event.type === 'step') {
      line.update(event.step, event.loss, event.ms);
    } else if (event.type === 'done') {
      line.clear();
      const stopped = { finished: '', early: ', every stop reached', cancelled: ', stopped' }[event.ended];
      shell.err(
        `${event.step} steps in ${event.seconds.toFixed(1)} s, loss ${event.loss.toFixed(3)}${stopped}\n`,
      );
      shell.out(`${file}\n`);
    }
  };
}

/** Decodes a picture of the person's into the request's images and returns its name there. */
async function readPicture(file: string, images: Map<string, Picture>): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new UserError(`The picture \`${file}\` cannot be read.`, { cause });
  }
  const name = sha256(bytes);
  images.set(name, await decodePicture(bytes));
  return name;
}

function readUpscale(text: string): 1 | 2 | 4 {
  const factor = ([1, 2, 4] as const).find((known) => String(known) === text);
  if (!factor) throw new UserError(`Expected \`--upscale\` to be 1, 2 or 4, got \`${text}\`.`);
  return factor;
}

const addFile = (file: string, files: readonly string[]): readonly string[] => [...files, file];
